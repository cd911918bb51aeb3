import type { DueSource } from '../web/due.ts';
import { titleSubject } from './decide.ts';
import { titlesHanging } from './notice.ts';
import { titleKinds } from './title.ts';

/** Villages and townships whose review hangs on the public pages; after the last day they may be named. */
export const titleDues: readonly DueSource[] = [{
  name: 'title', says: '公示期满', icon: 'map', power: 'title.approve', byItself: true,
  async list(read, { paths, day, until }) {
    const found = await Promise.all(paths.map(path => titlesHanging(read, path, day)));
    return found.flat().filter(one => one.notice.until <= until).map(({ title, notice, round }) => ({ about: `${title.round}:${title.subject}`, due: notice.until, path: titleSubject(title.place, 'approve').paths[0] ?? title.place.path, href: `/titles/${round}/${title.place.id}`, title: `${title.place.name}${titleKinds[title.kind]}公示到这天` }));
  },
}];
