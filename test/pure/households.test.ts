import test from 'ava';
import { withoutPlaceAndTime } from '../../src/households/jpeg.ts';
import { drawnBytes, mimeOf } from '../../src/households/evidence.ts';
import { counts, isAdult, isChild, numberText } from '../../src/households/household.ts';
import { keepNumber, memberRow, openNumbers, readMember, type NewMember } from '../../src/households/member.ts';
import { wordsOf } from '../../src/households/queries.ts';
import { searchText, summaryOf } from '../../src/households/summary.ts';
import { newSecretsFile, secretsOf } from '../../src/store/secrets.ts';
import { person } from '../support/people.ts';

const day = '2026-11-23';

/** A JPEG skeleton: start, JFIF, Exif with orientation and a place, comment, scan. */
function jpeg(orientation: number, bigEndian = false): Buffer {
  const tiff = Buffer.alloc(40);
  const word = (value: number, at: number) => bigEndian ? tiff.writeUInt16BE(value, at) : tiff.writeUInt16LE(value, at);
  const long = (value: number, at: number) => bigEndian ? tiff.writeUInt32BE(value, at) : tiff.writeUInt32LE(value, at);
  tiff.write(bigEndian ? 'MM' : 'II', 0, 'latin1'); word(42, 2); long(8, 4); word(1, 8); word(0x0112, 10); word(3, 12); long(1, 14); word(orientation, 18); tiff.write('33.0N118.5E', 26, 'latin1');
  const segment = (marker: number, body: Buffer): Buffer => { const head = Buffer.from([0xff, marker, 0, 0]); head.writeUInt16BE(body.length + 2, 2); return Buffer.concat([head, body]); };
  return Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe0, Buffer.from('JFIF\0')), segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff])), segment(0xfe, Buffer.from('taken by')), segment(0xda, Buffer.from('scan')), Buffer.from('pixels')]);
}

for (const bigEndian of [false, true]) {
  test(`a photo loses place, time and comment, and stays the right way up (${bigEndian ? 'Motorola' : 'Intel'} order)`, t => {
    const clean = withoutPlaceAndTime(jpeg(6, bigEndian));
    t.false(clean.includes('118.5E'));
    t.false(clean.includes('taken by'));
    t.true(clean.includes('JFIF') && clean.includes('pixels'));
    t.deepEqual(withoutPlaceAndTime(clean), clean, 'the orientation survives a second time');
    t.true(clean.includes('Exif'));
    t.false(withoutPlaceAndTime(jpeg(1, bigEndian)).includes('Exif'));
  });
}

test('a broken JPEG is copied, never looped over', t => {
  for (const bytes of [Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1, 2]), Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 4, 0x45, 0x78])]) t.true(withoutPlaceAndTime(bytes).length <= bytes.length);
});

test('a file is what its first bytes say', t => {
  t.is(mimeOf(Buffer.from('%PDF-1.7')), 'application/pdf');
  t.is(mimeOf(Buffer.from('RIFF0000WEBPVP8 ')), 'image/webp');
  t.is(mimeOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 'image/jpeg');
  for (const text of ['', 'RIFF0000WAVE', '<svg>', 'GIF89a']) t.is(mimeOf(Buffer.from(text)), undefined, text);
  t.is(drawnBytes('data:image/svg+xml;base64,AAAA'), undefined);
  t.is(drawnBytes('data:image/png;base64,'), undefined);
  t.is(drawnBytes('data:image/png;base64,AAAA')?.length, 3);
});

test('who counts: the head, and adults who live there', t => {
  const one = { relation: 'son', birth_year: 2000, away: 0, left_on: null } as const;
  t.true(counts(one, day));
  t.false(counts({ ...one, away: 1 }, day));
  t.true(counts({ ...one, relation: 'head', away: 1 }, day));
  t.false(counts({ ...one, birth_year: 2009 }, day));
  t.false(counts({ ...one, left_on: '2026-01-01' }, day));
  t.true(isAdult(2008, day));
  t.true(isChild(2012, day), 'still thirteen until the birthday');
  t.false(isChild(2011, day));
  t.is(numberText(7), '007');
  t.is(numberText(1234), '1234');
});

const secrets = secretsOf(newSecretsFile());
const faultsOf = (member: NewMember): string[] => readMember(member, day).faults.map(fault => fault.field);
const rowOf = async (member: NewMember) => { const read = readMember(member, day); return memberRow(read, await keepNumber(secrets, read), { household: 'h', sort: 0 }); };

test('nothing of a child is kept but relation, sex and birth year', async t => {
  const row = await rowOf(person('小宝', { birthYear: 2016, relation: 'son' }));
  t.deepEqual([row.name, row.numbers_sealed, row.id_match, row.phone_match, row.id_missing], ['', null, null, null, null]);
  t.deepEqual(faultsOf({ name: '', relation: 'son', sex: 'male', birthYear: 2016 }), []);
});

test('a person without a number needs a reason; numbers match whatever way they are written', async t => {
  t.deepEqual(faultsOf({ ...person('张三'), idNumber: '' }), ['id_number']);
  t.deepEqual(faultsOf({ ...person('张三'), idNumber: '', idMissing: 'applying' }), []);
  t.deepEqual(faultsOf({ ...person('张三'), phone: '12' }), ['phone']);
  t.deepEqual(faultsOf({ ...person('张三'), birthYear: 2030 }), ['birth_year']);
  const plain = person('张三');
  t.is((await rowOf(plain)).id_match, (await rowOf({ ...plain, idNumber: ` ${(plain.idNumber ?? '').replace(/(.{6})/, '$1 ')}` })).id_match);
  t.is((await rowOf({ ...plain, phone: '+86 160-0000-0001' })).phone_match, (await rowOf({ ...plain, phone: '16000000001' })).phone_match);
});

test('both numbers are sealed in one, and each comes back as digits; of one alone the other is missing', async t => {
  const opened = async (member: NewMember) => openNumbers(secrets, (await rowOf(member)).numbers_sealed as string | null);
  const plain = person('张三');
  t.deepEqual(await opened({ ...plain, phone: '0517-8800 0001' }), { number: plain.idNumber, phone: '051788000001' });
  t.deepEqual(await opened({ ...plain, phone: '' }), { number: plain.idNumber, phone: undefined });
  t.deepEqual(await opened({ ...plain, idNumber: '', idMissing: 'applying', phone: '16000000001' }), { number: undefined, phone: '16000000001' });
  t.deepEqual(await opened({ ...plain, idNumber: '', idMissing: 'applying', phone: '' }), { number: undefined, phone: undefined });
});

for (const [typed, kind] of [['21', 'number'], ['021号', 'number'], ['３组', 'group'], ['第三组', 'group'], ['zds', 'letters'], ['ZHANG san', 'letters'], ['大山', 'characters'], ['𬭼', 'characters']] as const) {
  test(`${typed} means ${kind}`, t => { t.is(wordsOf(typed)?.kind, kind); });
}

test('wild cards typed are taken off, and nothing typed asks for nothing', t => {
  t.is(wordsOf('%_\\'), undefined);
  t.is(wordsOf('  '), undefined);
  t.is(wordsOf(undefined), undefined);
  t.deepEqual(wordsOf('大%山'), { kind: 'characters', text: '大山' });
});

test('a household is found by any of its people, rare characters included', t => {
  const text = searchText(['欧阳娜娜', '郑𬭼', '']);
  for (const part of ['欧阳娜娜', '𬭼', ' ouyangnana ', ' oynn ', ' z']) t.true(text.includes(part), part);
  const summary = summaryOf([{ name: '王五', relation: 'head', left_on: null }, { name: '赵六', relation: 'son', left_on: '2026-01-01' }]);
  t.deepEqual([summary.head_name, summary.people, summary.name_search.includes('赵六')], ['王五', 1, false]);
});
