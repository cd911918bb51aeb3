import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { syntheticIdNumber } from '../src/kit/id-card.ts';
import { randomOf, type Size } from './county.ts';

/** A file of observations in the long form, village by village: one row a value, as a bank's or a bureau's list comes. Answers its rows. */
export async function writeValues(path: string, { villages, households, values }: Size): Promise<number> {
  const random = randomOf(5);
  const whole = (below: number): number => Math.floor(random() * below);
  function* pieces(): Generator<string> {
    yield '村,户号,项目,值\n';
    for (let village = 1; village <= villages; village++) {
      let text = '';
      for (let household = 1; household <= households; household++) for (let n = 0; n < values; n++) text += `${village} 村,${household},item${n},${n % 3 === 0 ? 'abcd'.charAt(whole(4)) : n % 3 === 1 ? whole(1_000) : whole(2) === 1 ? '是' : '否'}\n`;
      yield text;
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path));
  return villages * households * values;
}

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const givenNames = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂福广大小建国'];
const relations = ['户主', '配偶', '儿子', '女儿'];

/** A register of invented people, four to a household, each with a number of the area that is given to nobody. Answers its rows. */
export async function writeRegister(path: string, { villages, households }: Pick<Size, 'villages' | 'households'>): Promise<number> {
  function* pieces(): Generator<string> {
    yield '村,户号,住址,姓名,与户主关系,性别,身份证号,电话\n';
    let n = 0;
    for (let village = 1; village <= villages; village++) {
      let text = '';
      for (let household = 1; household <= households; household++) for (const [at, relation] of relations.entries()) {
        n++;
        const sex = at === 1 || at === 3 ? 'female' : 'male';
        const two = (number: number): string => String(number).padStart(2, '0');
        const birth = `${1940 + n % 60}-${two(1 + Math.floor(n / 60) % 12)}-${two(1 + Math.floor(n / 720) % 28)}`;
        const name = `${surnames[n % 20] ?? ''}${givenNames[(n * 7 + (n >> 4)) % 30] ?? ''}${givenNames[(n * 13 + 5) % 30] ?? ''}`;
        text += `${village} 村,${household},庄台路 ${household} 号,${name},${relation},${sex === 'male' ? '男' : '女'},${syntheticIdNumber({ birth, sex, sequence: Math.floor(n / 20_160) })},160${String(n).padStart(8, '0')}\n`;
      }
      yield text;
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path));
  return villages * households * relations.length;
}
