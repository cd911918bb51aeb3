import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { common } from '../kit/refusals.ts';
import { examine } from './examine.ts';
import { subjectWords } from './words.ts';

const folder = fileURLToPath(new URL('../../seeds/standards/', import.meta.url));

/** A standard that comes with the program, ready to be taken over. `name` is its file without ending. */
export interface Preset { readonly name: string; readonly title: string; readonly kind: string; readonly hash: string; readonly items: number; readonly examples: number }

let listed: readonly Preset[] | undefined;

/** Every preset, by kind as rounds need them. Read once: the files belong to the program. */
export function presets(): readonly Preset[] {
  listed ??= readdirSync(folder).filter(file => file.endsWith('.yaml')).sort().flatMap(file => {
    const examined = examine(readFileSync(`${folder}${file}`, 'utf8'));
    if ('faults' in examined) return [];   // A test holds every preset to be whole.
    const { standard, hash } = examined;
    return [{ name: file.slice(0, -'.yaml'.length), title: standard.title, kind: subjectWords[standard.subject], hash, items: standard.indicators.length, examples: standard.examples.length }];
  });
  return listed;
}

/** The text of a preset, as if it had been handed in as a file. */
export function presetSource(name: string): string {
  const preset = presets().find(each => each.name === name) ?? common.refuse('not-found');
  return readFileSync(`${folder}${preset.name}.yaml`, 'utf8');
}
