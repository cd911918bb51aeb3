import { choice, text } from '../kit/fields.ts';
import { form, type Field } from '../kit/form.ts';
import { valueSources } from './cargoes/observations.ts';
import { formats } from './formats.ts';

interface Option { readonly key: string; readonly label: string }

/** Settings that belong to the kinds offered: a round and a source only where values may come. */
export const importForm = (kinds: readonly Option[], rounds: readonly Option[]) => form({
  kind: choice('导入什么', kinds),
  round: choice('哪一个评定批次', rounds, { optional: true, select: true, hint: '只有导入采集内容时要选' }) as Field<string | undefined>,
  source: choice('内容是谁提供的', (Object.keys(valueSources) as (keyof typeof valueSources)[]).map(key => ({ key, label: valueSources[key] })), { optional: true, select: true, hint: '只有导入采集内容时要选' }) as Field<string | undefined>,
  file: text('文件', { optional: true, most: 200, hint: '.csv、.xlsx 或 .jsonl，最大 20 MB；更大的请在装系统的电脑上用命令行导入' }),
});

export const exportForm = (kinds: readonly Option[], places: readonly Option[], rounds: readonly Option[]) => form({
  kind: choice('导出什么', kinds),
  format: choice('文件格式', formats.map(format => ({ key: format.name, label: format.title })), { hint: '评定标准总是 YAML 文件，导出来可以原样导入。' }),
  place: choice('哪个地方的', places, { select: true }),
  round: choice('哪一个评定批次', rounds, { optional: true, select: true, hint: '采集内容要选一个；往年结果不选就是全部' }),
});
