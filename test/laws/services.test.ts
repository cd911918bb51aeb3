import test from 'ava';
import { examine } from '../../src/standards/examine.ts';
import { tiesTo } from '../../src/standards/lawful.ts';
import { presets, presetSource } from '../../src/standards/presets.ts';
import { standardSchema } from '../../src/standards/schema/schema.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { tiesService } from '../../src/standards/ties.ts';

// Issue 3 §3, domain 3.3 and 3.4: nothing in the rule language can tie a negative result to a basic public service.
// Two ways would lead there: a field that acts outside the rating, and prose that announces such an act. Neither exists.

/** All that a veto, a grade or missing every grade can bring about: points, a total, a grade, a title, and a factor a bank may use. */
const effects: Readonly<Record<string, readonly string[]>> = {
  vetoes: ['grade', 'key', 'legalBasis', 'lifeMonths', 'missing', 'repair', 'title', 'total', 'when', 'words'],
  grades: ['above', 'atLeast', 'atMost', 'below', 'code', 'coefficient', 'credit', 'label', 'requires'],
  preconditions: ['holds', 'key', 'legalBasis', 'missing', 'title', 'words'],
  types: ['bounds', 'key', 'missing', 'title', 'weight', 'when'],
};
const threat = '没达标的停发低保';

test('no consequence of a rating reaches outside the rating', t => {
  for (const [member, allowed] of Object.entries(effects)) t.deepEqual([...membersOf(member)].filter(name => !allowed.includes(name)), [], `${member} may bring about nothing else`);
  const top = [...Object.keys(propertiesOf(standardSchema))].sort();
  t.deepEqual(top.filter(name => /service|benefit|right|restrict|sanction|punish|loan/i.test(name)), []);
});

test('no prose of a standard may announce it, whoever signs for it', t => {
  let tried = 0;
  for (const preset of presets()) {
    const examined = examine(presetSource(preset.name));
    if ('faults' in examined) { t.fail(preset.name); continue; }
    for (const at of saidIn(examined.standard)) {
      tried++;
      const said = withText(examined.standard, at, threat);
      t.true(tiesTo(said).length > 0, `${preset.name}: ${at.join('.')} may say anything`);
    }
  }
  t.true(tried > 300);
});

test('the law bites: ties are found, disclaimers and lawful matters are not', t => {
  for (const text of ['两年内取消低保', '零星户子女升学不予推荐', '医保 待遇 暂停', '和种粮补贴挂钩', '扣减集体补助', '不能享受公共服务', '信用差的不能办低保', '零星户不给补贴', '没资格领养老金', '评定结果不与低保挂钩。低分的取消低保', '不影响低保，取消医保', 'D 级的子女不能上公办学校', '积分和低保资格掛鉤', '低分户停水停电', '两年内不得参军', '降级后不享受集体分红', '补贴减半', '低分停低保', '不纳入救助对象', '限制出行', '不许坐高铁', '低分的不准出国']) t.true(tiesService(text), text);
  for (const text of ['评定结果不与低保挂钩', '不影响享受任何公共服务', '不得限制公共服务', '骗取补贴经查实', '参加义务劳动', '按时缴纳社会保险费', '骗取补贴的不予加分', '户口不在本村的不予评定', '没有盖章的不给分', '不得以积分取消低保', '骗取补助的取消信用户称号', '减少不文明出行不予处理', '方便老人出行']) t.false(tiesService(text), text);
});

type Path = readonly (string | number)[];

function walk(value: unknown, at: Path, see: (at: Path) => void): void {
  if (typeof value === 'string') see(at);
  else if (Array.isArray(value)) value.forEach((each, n) => walk(each, [...at, n], see));
  else if (typeof value === 'object' && value !== null) for (const [name, each] of Object.entries(value)) walk(each, [...at, name], see);
}

/** Everything it says, notes beside citations too; what a law says is a citation, and a place is only named. */
function saidIn({ place: _place, ...said }: Standard): readonly Path[] {
  const found: Path[] = [];
  walk(said, [], at => { if (at[0] !== 'legalBases' || at.at(-1) === 'note') found.push(at); });
  return found;
}

function withText(standard: Standard, at: Path, text: string): Standard {
  const copy = structuredClone(standard);
  let place: unknown = copy;
  for (const step of at.slice(0, -1)) place = (place as Record<string | number, unknown>)[step];
  (place as Record<string | number, unknown>)[at.at(-1) ?? ''] = text;
  return copy;
}

interface Shape { readonly properties?: Readonly<Record<string, Shape>>; readonly items?: Shape }
const propertiesOf = (shape: unknown): Readonly<Record<string, Shape>> => (shape as Shape).properties ?? {};
const membersOf = (member: string): ReadonlySet<string> => new Set(Object.keys(propertiesOf(propertiesOf(standardSchema)[member]?.items)));
