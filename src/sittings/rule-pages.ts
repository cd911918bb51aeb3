import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { committeeRules, decided, decidedNames, type Decided } from '../panels/committee-rules.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { ruleForm } from './form.ts';
import { keepRule } from './keep-rule.ts';

const isDecided = (text: unknown): text is Decided => typeof text === 'string' && Object.hasOwn(decided, text);

async function showRules(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const rules = await committeeRules(visit.office.read);
  return page('sittings/rules', {
    title: '开会的规矩', heading: '开会的规矩', crumbs: [{ label: '系统设置', href: '/settings' }],
    rules: decidedNames.map(what => {
      const { required, share, confirms } = rules[what];
      const typed = trouble !== undefined && visit.raw['what'] === what;
      return { what, says: decided[what], form: formModel(ruleForm, { raw: typed ? visit.raw : { required: required ? 'yes' : '', share, confirms: String(confirms) }, faults: typed ? trouble.faults : [], prefix: `${what}-` }) };
    }),
  });
}

async function saveRules(visit: Visit): Promise<Reply> {
  const { what } = visit.raw;
  if (!isDecided(what)) return common.refuse('not-found');
  await keepRule(visit.office, visit.actor, { what, ...taken(ruleForm, visit.raw) });
  return seeOther('/sittings/rules', `${decided[what]}的规矩改好了，下一次开会起用。`);
}

export const ruleRoutes: readonly Route[] = [
  get('/sittings/rules', { power: 'settings.keep', handle: showRules }),
  post('/sittings/rules', { power: 'settings.keep', handle: saveRules, again: showRules }),
];
