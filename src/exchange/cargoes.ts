import type { Cargo } from './cargo.ts';
import { consents } from './cargoes/consents.ts';
import { households } from './cargoes/households.ts';
import { observations } from './cargoes/observations.ts';
import { officers } from './cargoes/officers.ts';
import { places } from './cargoes/places.ts';
import { ratings } from './cargoes/ratings.ts';
import { standards } from './cargoes/standards.ts';
import { exchange } from './refusals.ts';

/** Everything that travels in files, in the order in which a new office loads it. A new kind is a file in `cargoes/` and a line here. */
export const cargoes: readonly Cargo[] = [places, officers, households, consents, standards, observations, ratings];

export const cargoNamed = (name: string): Cargo => cargoes.find(cargo => cargo.name === name || cargo.title === name) ?? exchange.refuse('cargo-unknown', { name, names: cargoes.map(cargo => `${cargo.name} ${cargo.title}`).join('、') });

/** The columns of every kind as a table in Markdown: README carries it, and a test holds the two together. */
export function columnTable(): string {
  const lines = cargoes.filter(cargo => cargo.text === undefined).flatMap(cargo => [
    `**\`${cargo.name}\` ${cargo.title}**: ${cargo.says}`, '', '| key | heading | |', '| --- | --- | --- |',
    ...cargo.columns.map(column => `| \`${column.key}\`${column.needed === true ? ' *' : ''} | ${[column.heading, ...column.alias ?? []].join(' / ')} | ${column.says} |`), '',
  ]);
  return lines.join('\n').trim();
}
