import { atConsole, type Role } from '../../src/access/actor.ts';
import type { Day } from '../../src/kit/time.ts';
import { keepBank } from '../../src/people/keep-bank.ts';
import { registerOfficers, type NewOfficer } from '../../src/people/register-officers.ts';
import type { Place } from '../../src/places/place.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { demoPassword, type Account } from './accounts.ts';
import type { Settled } from './settle.ts';
import { givenName, surnameFor } from './names.ts';
import { randomOf } from './random.ts';
import type { Story } from './story.ts';

interface Cast { readonly login: string; readonly role: Role; readonly at: 'county' | 'township' | 'village' | 'group' | 'grid'; readonly name: string }
/** Whose logins are printed at the start; the village ones stand in the village with the most to see. */
const cast: readonly Cast[] = [
  { login: 'wangge', role: 'gridWorker', at: 'grid', name: '周小梅' },
  { login: 'cun', role: 'villageCommittee', at: 'village', name: '孙德明' },
  { login: 'jiandu', role: 'villageSupervisor', at: 'village', name: '苏长贵' },
  { login: 'pingyi', role: 'peerReviewer', at: 'group', name: '皮友福' },
  { login: 'chuangkou', role: 'hallDesk', at: 'township', name: '华秀英' },
  { login: 'weiyuan', role: 'townshipMember', at: 'township', name: '沈立明' },
  { login: 'zhuren', role: 'townshipChair', at: 'township', name: '高文斌' },
  { login: 'nongshang', role: 'coopOfficer', at: 'township', name: '魏建平' },
  { login: 'biaozhun', role: 'standardsAdmin', at: 'county', name: '咸国强' },
  { login: 'xiaozu', role: 'leadingMember', at: 'county', name: '凌云霞' },
  { login: 'zuzhang', role: 'leadingChair', at: 'county', name: '章海涛' },
  { login: 'xitong', role: 'systemAdmin', at: 'county', name: '关晓军' },
  { login: 'anquan', role: 'securityAdmin', at: 'county', name: '安志刚' },
  { login: 'shenji', role: 'auditor', at: 'county', name: '沈慧敏' },
];

export interface Staff {
  readonly accounts: readonly Account[];
  readonly bank: string;
  /** Login of a village's committee, and of the worker of each of its grids, by the place's number. */
  readonly committee: ReadonlyMap<number, string>;
  readonly workers: ReadonlyMap<number, string>;
  /** Logins of the township's committee, the chair first. */
  readonly bench: readonly string[];
}

/** Who sits in the township's committee beside the two of the cast. */
const colleagues: readonly Pick<Cast, 'login' | 'name'>[] = [{ login: 'wy02', name: '冯守田' }, { login: 'wy03', name: '蒋月华' }, { login: 'wy04', name: '施有才' }];

/** Opens the accounts: the cast, a committee for each village and a worker for each grid. Nobody has to change the password: it is no secret. */
export async function appointStaff({ office }: Story, { township, villages }: Settled, since: Day): Promise<Staff> {
  const random = randomOf('maba/staff');
  const bank = await keepBank(office, atConsole, { name: '盱眙农村商业银行（示例）', short: '盱眙农商行' });
  const county = await placeByNo(office.read, township.parent_no ?? 0);
  const [first] = villages;
  if (first === undefined) throw new Error('a township without villages');
  const places: Readonly<Record<Cast['at'], Place | undefined>> = { county, township, village: first.place, group: first.groups[0], grid: first.grids[0]?.place };
  const list: NewOfficer[] = [];
  const accounts: Account[] = [];
  const open = (one: { readonly login: string; readonly name: string; readonly role: Role }, place: Place | undefined): void => {
    if (place === undefined) throw new Error(`no place for ${one.login}`);
    list.push({ login: one.login, name: one.name, password: demoPassword, mustChange: false, ...one.role === 'coopOfficer' ? { bank } : {}, posts: [{ role: one.role, placeNo: place.no, since }] });
  };
  for (const one of cast) {
    open(one, places[one.at]);
    const where = one.at === 'group' || one.at === 'grid' ? `${first.place.name} ${places[one.at]?.name ?? ''}` : places[one.at]?.name ?? '';
    accounts.push({ login: one.login, name: one.name, role: one.role, place: where });
  }
  const committee = new Map<number, string>();
  const workers = new Map<number, string>();
  const someone = (female: number): string => surnameFor(random, []) + givenName(random, { sex: random.chance(female) ? 'female' : 'male', birthYear: random.whole(1970, 1995) });
  for (const [at, village] of villages.entries()) {
    const number = String(at + 1).padStart(2, '0');
    const login = at === 0 ? 'cun' : `cun${number}`;
    if (at > 0) open({ login, name: someone(0.2), role: 'villageCommittee' }, village.place);
    committee.set(village.place.no, login);
    for (const [index, grid] of village.grids.entries()) {
      const worker = at === 0 && index === 0 ? 'wangge' : `wg${number}${String(index + 1).padStart(2, '0')}`;
      if (worker !== 'wangge') open({ login: worker, name: someone(0.6), role: 'gridWorker' }, grid.place);
      workers.set(grid.place.no, worker);
    }
  }
  for (const one of colleagues) open({ ...one, role: 'townshipMember' }, township);
  await registerOfficers(office, atConsole, list);
  return { accounts, bank, committee, workers, bench: ['zhuren', 'weiyuan', ...colleagues.map(one => one.login)] };
}
