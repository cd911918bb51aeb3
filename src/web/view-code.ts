import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { later } from '../kit/later.ts';
import { helperNames } from './helpers.ts';

const compiler = later<typeof import('handlebars')>('handlebars');
/** Made for each use: the compiler writes into what it is given. */
const options = (): object => ({
  strict: true, preventIndent: true, knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(helperNames.map(name => [name, true])),
});

/**
 * What a view compiles to. Compiling takes some ten milliseconds a view, and a compiler of several megabytes: the code is kept in
 * `folder` from one start to the next, with the fingerprint of what it was made from. Code that cannot be read back is made anew.
 */
export function codeOf(name: string, source: string, folder: string | undefined, version: string): TemplateSpecification {
  if (folder === undefined) return evaluate(compiler().precompile(source, options()), name);
  const file = join(folder, `${name}.js`);
  const mark = `// ${hash('sha256', JSON.stringify([version, options(), source]))}\n`;
  const kept = readKept(file);
  if (kept?.startsWith(mark)) {
    try { return evaluate(kept.slice(mark.length), file); } catch (error) { if (!(error instanceof SyntaxError)) throw error; }   // Half a file, after the power failed.
  }
  const code = compiler().precompile(source, options()) as string;
  keep(file, mark + code);
  return evaluate(code, file);
}

const evaluate = (code: unknown, filename: string): TemplateSpecification => runInThisContext(`(${String(code)})`, { filename }) as TemplateSpecification;

function readKept(file: string): string | undefined {
  try { return readFileSync(file, 'utf8'); } catch { return undefined; }
}

/** A folder that cannot be written costs only the time. */
function keep(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, file);
  } catch { /* The next start compiles again. */ }
}
