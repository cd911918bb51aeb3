import { newId } from '../src/kit/id.ts';
import { firstHousehold, idOf, randomOf, type Size } from './county.ts';
import type { Filled } from './pieces/fill.ts';
import type { Asked } from './press.ts';

/** What a township's people ask for in the course of a day, in a fixed jumble: public pages, lists, households, forms, saves. */
export function dayOfUse({ county, staff }: Filled, size: Size): () => Asked {
  const random = randomOf(11);
  const whole = (below: number): number => Math.floor(random() * below);
  let saves = 0;
  return () => {
    const village = whole(size.villages);
    const household = idOf(firstHousehold + village * size.households + whole(size.households));
    const clerk = staff.committees[village]?.cookie ?? '';
    const asked = (path: string, cookie = clerk): Asked => ({ method: 'GET', path, headers: cookie === '' ? {} : { cookie }, body: '' });
    const words = ['某1', 'm10', String(1 + whole(size.households))];
    const chances: readonly (() => Asked)[] = [
      () => asked('/', ''), () => asked(`/board/${idOf(100 + village)}`, ''), () => asked(`/board/${idOf(10)}`, ''), () => asked('/sign-in', ''),
      () => asked('/me'), () => asked('/households'), () => asked(`/households?q=${encodeURIComponent(words[whole(3)] ?? '')}`), () => asked(`/households?village=${100 + village}`, staff.chair.cookie),
      () => asked(`/households/${household}`), () => asked(`/observations/${county.id}/${household}`), () => asked('/reviews'), () => asked('/notices'), () => asked('/rounds'),
      () => ({
        method: 'POST', path: `/observations/${county.id}/${household}`, headers: { cookie: clerk, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ _csrf: staff.committees[village]?.token ?? '', id: newId(), base: '100', 'v-item1': String(saves++ % 1_000) }).toString(),
      }),
    ];
    return (chances[whole(chances.length)] ?? chances[0] ?? (() => asked('/')))();
  };
}
