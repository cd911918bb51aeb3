import { actorId } from '../access/actor.ts';
import { canonical, type Json } from '../kit/canonical.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Unit } from '../store/unit.ts';

export const happenings = {
  registered: '登记建档', revised: '更正信息', joined: '添了人', changed: '更正家庭成员', parted: '有人移出', head: '换户主', split: '分户', merged: '并户',
  moved: '迁移', closed: '销户', reopened: '恢复', forgotten: '删除个人信息', photographed: '换照片',
} as const;
export type Happening = keyof typeof happenings;

/** Unit-level: writes down what happened to households. Bodies may hold names, for the row can be erased; numbers and phones only as 'changed'. `batch` is the import that brought them. */
export function tell(unit: Unit, kind: Happening, list: readonly { readonly household: string; readonly body: Json; readonly day?: Day }[], batch: string | null = null): void {
  unit.insert('household_events', list.map(one => ({
    id: newId(), household: one.household, kind, day: one.day ?? unit.day, body: canonical(one.body), batch, salt: newId(), at: unit.at, by: actorId(unit.actor),
  })));
}
