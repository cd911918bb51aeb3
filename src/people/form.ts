import { roleNames, roles, type Role } from '../access/actor.ts';
import { choice, day, text } from '../kit/fields.ts';
import { form, type Field } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import type { Day } from '../kit/time.ts';

export interface Choice { readonly key: string; readonly label: string }

const hidden = <T>(field: Field<T>): Field<T> => ({ ...field, control: 'hidden' });
const reason = text('为什么', { most: limits.textCharacters });
export const roleChoices = roleNames.map(role => ({ key: role, label: roles[role] }));
const role = choice<Role>('岗位', roleChoices);

/** First step: which post, and words that narrow the list of places. */
export const roleForm = form({ role, words: text('在哪里', { optional: true, search: true, most: 20, hint: '写村、镇或网格的名字；地方不多时可以空着' }) });

interface PostFields { readonly places: readonly Choice[]; readonly banks: readonly Choice[]; readonly role: Role | undefined; readonly today: Day }

const postFields = ({ places, banks, role: chosen }: PostFields) => ({
  role: hidden(role), words: hidden(text('在哪里', { optional: true, most: 20 })),
  place: choice('任职的地方', places, { select: true }),
  since: day('从哪天起'),
  ...chosen === 'coopOfficer' ? { bank: choice('哪家银行', banks, { select: true }) } : {},
});
export const appointForm = (given: PostFields) => form(postFields(given));

const person = {
  name: text('姓名', { most: 40 }),
  login: text('登录名', { most: 40, hint: '小写字母开头，可用数字、点、横线，例如 zhangwei' }),
  phone: text('电话', { optional: true, most: 20 }),
};
export const newOfficerForm = (given: PostFields) => form({ ...person, ...postFields(given) });
export const reviseForm = (banks: readonly Choice[]) => form({ name: person.name, phone: person.phone, bank: choice('哪家银行', banks, { optional: true, select: true, hint: '只有农商行信贷员要选' }) });

export const dismissForm = form({ from: day('从哪天起不再任职'), reason });
export const closeForm = form({ reason });
export const leaveForm = (others: readonly Choice[]) => form({ standIn: choice('谁来代班', others, { select: true }), from: day('第一天'), to: day('最后一天'), reason });
export const handOverForm = (others: readonly Choice[], today: Day) => form({ to: choice('交给谁', others, { select: true }), day: day('从哪天起', { from: today }), reason });
export const bankForm = form({ name: text('全称', { most: 60, hint: '例如：江苏盱眙农村商业银行' }), short: text('简称', { most: 16, hint: '印在授权书和页面上' }) });

export const firstRunForm = (places: readonly Choice[]) => form({
  code: text('安装代码', { most: 20, hint: '启动时打印在屏幕上，也写在数据文件夹的 first-run-code.txt 里' }),
  title: text('办公室名称', { most: 40, hint: '例如：马坝镇信用办' }),
  place: choice('办公范围', places, { select: true }),
  name: text('您的姓名', { most: 40 }),
  login: text('您的登录名', { most: 40, hint: '小写字母开头，可用数字、点、横线' }),
  password: text('口令', { secret: true, most: 128, hint: '至少 10 个字符；大写、小写、数字、其他符号（汉字也算）里至少三种' }),
  again: text('再输一次口令', { secret: true, most: 128 }),
}, values => values.password === values.again ? [] : [{ field: 'again', code: 'differs', say: '两次输入的口令不一样。' }]);
