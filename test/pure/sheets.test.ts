import fc from 'fast-check';
import test from 'ava';
import { paperSheets, sheetsOf, wallPages } from '../../src/rolls/sheets.ts';
import type { Section } from '../../src/rolls/roll.ts';

const sectionOf = (rank: number, widths: readonly boolean[]): Section => ({ code: 'A'.repeat(rank), label: '优秀', rank, total: widths.length, names: widths.map((wide, at) => ({ name: `${rank}-${at}`, group: '', wide })) });
const anySections = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 400 }), { maxLength: 4 }).map(all => all.map((widths, at) => sectionOf(at + 1, widths)));

test('every name stands on exactly one sheet, in order, and no sheet is overfull', t => {
  fc.assert(fc.property(anySections, fc.constantFrom('a3', 'a4'), (sections, paper) => {
    const sheet = paperSheets[paper as 'a3' | 'a4'];
    const sheets = sheetsOf(sections, sheet);
    t.deepEqual(sheets.flat().flatMap(part => part.names.map(name => name.name)), sections.flatMap(section => section.names.map(name => name.name)));
    for (const parts of sheets) {
      let lines = 0;
      for (const part of parts) {
        if (part.names.length === 0) return false;   // a head alone
        let column = 0; let own = 1;
        for (const name of part.names) { const wide = name.wide ? 2 : 1; if (column + wide > sheet.columns) { own++; column = 0; } column += wide; }
        lines += sheet.headLines + own;
      }
      if (lines > sheet.lines) return false;
    }
    return true;
  }), { numRuns: Number(process.env['TRIAL_RUNS'] ?? 200) });
  t.pass();
});

test('a section that goes on says so; the wall shows at most thirty names of one grade a page', t => {
  const sections = [sectionOf(1, Array<boolean>(300).fill(false)), sectionOf(2, Array<boolean>(31).fill(false))];
  const sheets = sheetsOf(sections, paperSheets.a3);
  t.is(sheets.length, 2);
  t.deepEqual(sheets.map(parts => parts.map(part => [part.rank, part.more])), [[[1, false]], [[1, true], [2, false]]]);
  t.deepEqual(wallPages(sections).map(page => [page.rank, page.names.length]), [...Array<[number, number]>(10).fill([1, 30]), [2, 30], [2, 1]]);
});
