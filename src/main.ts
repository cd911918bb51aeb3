import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

/**
 * The entry. Before anything of ours is loaded it spares Node most of its search for files, which tries endings, folders and
 * package scopes 3,000 times over and takes a third of the start: our own imports say the whole path of a file,
 * and what a package calls `./x` is nearly always its `./x.js`.
 */
registerHooks({
  resolve(specifier, { parentURL }, next) {
    if (parentURL === undefined || !specifier.startsWith('.')) return next(specifier);
    if (specifier.endsWith('.ts')) return { url: new URL(specifier, parentURL).href, format: 'module-typescript', shortCircuit: true };
    const script = new URL(specifier.endsWith('.js') ? specifier : `${specifier}.js`, parentURL);
    return existsSync(script) ? { url: script.href, shortCircuit: true } : next(specifier);
  },
});
await import('./serving.ts');
