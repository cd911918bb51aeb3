import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkStandard } from '../../src/standards/check.ts';
import type { Standard } from '../../src/standards/standard.ts';

/** A standard of `seeds/standards`, checked. */
export function preset(name: string): Standard {
  const checked = checkStandard(parse(readFileSync(new URL(`../../seeds/standards/${name}.yaml`, import.meta.url), 'utf8'), { merge: true }));
  if ('faults' in checked) throw new Error(checked.faults.map(fault => `${fault.path} ${fault.say}`).join('\n'));
  return checked.standard;
}
