import fc from 'fast-check';
import test from 'ava';
import { paperSheets, posterOf, sheetsOf, wallPages } from '../../src/rolls/sheets.ts';
import type { Section } from '../../src/rolls/roll.ts';

const sectionOf = (rank: number, widths: readonly boolean[]): Section => ({ code: 'A'.repeat(rank), label: '优秀', rank, total: widths.length, listed: widths.length, names: widths.map((wide, at) => ({ name: `${rank}-${at}`, group: '', wide })) });
const anySections = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 400 }), { maxLength: 4 }).map(all => all.map((widths, at) => sectionOf(at + 1, widths)));

test('every name stands on exactly one sheet, in order, and no sheet is overfull', t => {
  fc.assert(fc.property(anySections, fc.constantFrom(...paperSheets.a3, ...paperSheets.a4), (sections, sheet) => {
    const sheets = sheetsOf(sections, sheet);
    t.deepEqual(sheets.flat().flatMap(part => part.names.map(name => name.name)), sections.flatMap(section => section.names.map(name => name.name)));
    for (const parts of sheets) {
      let used = 0;
      for (const part of parts) {
        if (part.names.length === 0) return false;   // a head alone
        let column = 0; let own = 1;
        for (const name of part.names) { const wide = name.wide ? 2 : 1; if (column + wide > sheet.columns) { own++; column = 0; } column += wide; }
        used += sheet.head + sheet.line * own;
      }
      if (used > sheet.room) return false;
    }
    return true;
  }), { numRuns: Number(process.env['TRIAL_RUNS'] ?? 200) });
  t.pass();
});

test('a section that goes on says so; the wall shows at most thirty names of one grade a page', t => {
  const sections = [sectionOf(1, Array<boolean>(300).fill(false)), sectionOf(2, Array<boolean>(31).fill(false))];
  const sheets = posterOf(sections, paperSheets.a3).sheets;
  t.is(sheets.length, 2);
  t.deepEqual(sheets.map(parts => parts.map(part => [part.rank, part.more])), [[[1, false]], [[1, true], [2, false]]]);
  t.deepEqual(wallPages(sections).map(page => [page.rank, page.names.length]), [...Array<[number, number]>(10).fill([1, 30]), [2, 30], [2, 1]]);
});

test('as few sheets as the names can do with, in the largest type that asks for no more', t => {
  const of = (count: number, paper: 'a3' | 'a4'): readonly [number, number] => { const { columns, sheets } = posterOf([sectionOf(1, Array<boolean>(count).fill(false))], paperSheets[paper]); return [columns, sheets.length]; };
  t.deepEqual([10, 80, 140, 200, 250, 300].map(count => of(count, 'a3')), [[4, 1], [5, 1], [6, 1], [7, 1], [8, 1], [7, 2]]);
  t.deepEqual([10, 50, 80, 120, 200].map(count => of(count, 'a4')), [[3, 1], [4, 1], [5, 1], [6, 1], [5, 2]]);
  t.deepEqual(posterOf([], paperSheets.a3).sheets, [[]]);
});

test('several sheets are filled alike: none looks like a remainder', t => {
  const filled = (count: number, paper: 'a3' | 'a4') => posterOf([sectionOf(1, Array<boolean>(count).fill(false))], paperSheets[paper]).sheets.map(parts => parts.reduce((sum, part) => sum + part.names.length, 0));
  for (const paper of ['a3', 'a4'] as const) for (const count of [160, 300, 450, 700]) {
    const sheets = filled(count, paper);
    t.is(sheets.reduce((sum, names) => sum + names, 0), count);
    t.true(Math.max(...sheets) - Math.min(...sheets) <= 24, `${count} on ${paper}: ${sheets.join(' + ')}`);
  }
});
