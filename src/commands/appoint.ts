import { atConsole, roles, type Role } from '../access/actor.ts';
import { fault, taken } from '../kit/faults.ts';
import { choice, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { dayOf } from '../kit/time.ts';
import { allPlaces } from '../exchange/find-place.ts';
import { appoint as appointTo } from '../people/appoint.ts';
import { appointFirst } from '../people/first-run.ts';
import { hasNoOfficer } from '../people/queries.ts';
import { registerOfficers } from '../people/register-officers.ts';
import type { Command } from './command.ts';
import { command as refusals } from './refusals.ts';

const given = form({
  login: text('登录名', { most: 40 }), name: text('姓名', { optional: true, most: 40 }), place: text('地方（区划代码）', { pattern: /^\d{2,12}$/, say: '--place 写区划代码。' }),
  role: choice('岗位', (Object.keys(roles) as Role[]).map(key => ({ key, label: roles[key] })), { optional: true }), title: text('办公室名称', { optional: true, most: 40 }),
});

export const appoint: Command = {
  kind: 'writes', usage: 'appoint --login L --name N --place CODE [--role ROLE] [--title T]', options: Object.keys(given.fields), words: [0, 0],
  zh: '新建账号并任命；一个人都没有时，设好办公室并任命第一位系统管理员', en: 'open an account with a post; in an empty office: set it up and appoint the first system administrator',
  async run({ office, typed, out }) {
    const asked = taken(given, typed.values);
    const place = (await allPlaces(office.read)).withCode(asked.place) ?? refusals.refuse('place-missing', { code: asked.place });
    const account: { id: string } | undefined = await office.read('officers').where({ login: asked.login.toLowerCase() }).first('id');
    if (account !== undefined) {
      const role = asked.role ?? fault('role', 'missing', '请写 --role。');
      await appointTo(office, atConsole, { officer: account.id, role, placeNo: place.no, since: dayOf(office.clock.now()) });
      out(`✓ ${asked.login}: ${roles[role]} ${place.name}`);
      return 0;
    }
    const name = asked.name ?? fault('name', 'missing', '请写 --name。');
    const isFirst = await hasNoOfficer(office.read);
    const made = isFirst
      ? await appointFirst(office, { login: asked.login, name, placeNo: place.no, title: asked.title ?? `${place.name}信用办` })
      : (await registerOfficers(office, atConsole, [{ login: asked.login, name, posts: [{ role: asked.role ?? fault('role', 'missing', '请写 --role。'), placeNo: place.no }] }]))[0];
    out(`✓ ${name}: ${roles[isFirst ? 'systemAdmin' : asked.role ?? 'systemAdmin']} ${place.name}`);
    out(`登录名 login: ${made?.login ?? ''}`);
    out(`口令 password: ${made?.password ?? ''} （只显示这一次，第一次登录要换；shown once）`);
    return 0;
  },
};
