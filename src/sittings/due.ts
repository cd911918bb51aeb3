import type { DueSource } from '../web/due.ts';
import { sittingSubject } from './bench.ts';
import { sittingsBelow } from './queries.ts';
import { isUnderWay, kinds, sittingStages } from './sitting.ts';

const most = 200;

/** Sittings that were called for a day, each kind for whoever holds it. */
export const sittingDues: readonly DueSource[] = sittingStages.map(stage => ({
  name: `sitting-${stage}`, says: `开${kinds[stage].says}会`, icon: 'people', power: kinds[stage].power,
  async list(read, { paths, until }) {
    const found = (await sittingsBelow(read, paths, most)).filter(one => one.stage === stage && isUnderWay(one.state) && one.day <= until);
    return found.map(one => ({ about: one.id, due: one.day, path: sittingSubject(stage, one.place).paths[0] ?? one.place.path, href: `/sittings/${one.id}`, title: `${one.place.name}${kinds[stage].says}会，${one.venue}` }));
  },
}));
