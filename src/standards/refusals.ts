import { catalogue } from '../kit/refusal.ts';

export const standards = catalogue({
  'standard-faulty': { status: 422, say: d => `这份标准有 ${d['count'] ?? '几'} 处要改，没有收下。下面逐条列出在哪里、怎么改。` },
  'standard-version-taken': { status: 409, say: d => `“${d['key'] ?? '这份标准'}”第 ${d['version'] ?? ''} 版已经收过，内容不一样。改过的标准请把版次加一再交。` },
  'standard-elsewhere': { status: 422, say: d => `这份标准写的是${d['place'] ?? '别处'}，不能给${d['county'] ?? '这个县'}用。请改 place 里的区划代码。` },
  'standard-unlawful': { status: 409, say: d => `这份标准有 ${d['count'] ?? '几'} 处不合法律规定，不能采用。请按页面上列出的改好，作为新一版导入。` },
  'standard-examples-wrong': { status: 409, say: d => `这份标准的例子有 ${d['count'] ?? '几'} 处算出来和写的不一样，不能采用。请改标准或者改例子，作为新一版导入。` },
  'standard-law-differs': { status: 409, say: d => `这份标准引用的 ${d['ids'] ?? '有几条'} 和法律依据登记里的不是同一条，不能采用。请按登记改编号，作为新一版导入；登记错了的，先去更正登记。` },
  'basis-not-in-force': { status: 409, say: d => `这条依据在 ${d['day'] ?? '那天'} 以前就已经失效了。` },
  'standard-not-in-use': { status: 409, say: () => '这份标准现在没有采用，不用停用。' },
  'draft-changed': { status: 409, say: () => '您打开以后，这一页又改过了，您填的没有存，还在下面。看过现在的，再定用哪一个。' },
  'draft-moved-on': { status: 409, say: () => '您打开以后，这份草稿又改过了，这一步没有做。下面是现在的样子，看过再点。' },
  'draft-closed': { status: 409, say: () => '这份草稿已经定稿或者丢弃，不能再改。要改，从它定成的标准另做一版。' },
  'draft-too-long': { status: 422, say: d => `一份标准里，项目、选项、例子这些，每一处最多 ${d['most'] ?? ''} 条。多的并起来，或者分成两份标准。` },
  'draft-not-ready': { status: 409, say: d => `草稿还有 ${d['count'] ?? '几'} 处要改，改好才能定稿。` },
  'draft-not-whole': { status: 409, say: () => '草稿还没写全，算不出来。先改好旁边列出的。' },
  'draft-unreadable': { status: 422, say: d => `第 ${d['line'] ?? 1} 行的写法读不懂：${d['remedy'] ?? ''}。` },
  'nothing-to-go-back': { status: 409, say: () => '没有可以撤销的了。太早的步骤不再留着。' },
  'standard-unreadable': { status: 422, say: () => '这个文件不是文字，读不懂。请交 Excel 表，或者 YAML、JSON 文本文件。' },
});
