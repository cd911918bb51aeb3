import { catalogue } from '../kit/refusal.ts';

/** Why a command cannot be carried out. Printed on the command line, where English helps too. */
export const command = catalogue({
  'office-locked': { status: 409, say: d => `另一个进程（${d['what'] ?? ''} ${d['pid'] ?? ''}）正在使用这个数据文件夹，请先停下它。(The data folder is in use by another process.)` },
  'server-silent': { status: 503, say: () => '服务正在运行，但没有应答。请看一看服务的日志，或者停下服务再试。(The server does not answer.)' },
  'not-migrated': { status: 409, say: () => '数据库还没有准备好，请先运行 npm run office -- migrate。(Run migrate first.)' },
  'file-exists': { status: 409, say: d => `${d['file'] ?? '文件'} 已经存在，请换一个名字。(The file exists.)` },
  'file-missing': { status: 404, say: d => `找不到 ${d['file'] ?? '文件'}。(No such file.)` },
  'place-missing': { status: 404, say: d => `没有区划代码是 ${d['code'] ?? ''} 的地方。(No place with this code.)` },
  'standard-unclear': { status: 409, say: d => `县里正在用的${d['kind'] ?? ''}标准有 ${d['count'] ?? 0} 份，请写明用哪一份的校验值。(Name one standard by its hash.)` },
  'office-in-use': { status: 409, say: () => '这个办公室里已经有人员，示范数据只能装进空的办公室。(The office is not empty.)' },
  'backup-damaged': { status: 422, say: d => `这份备份不完整或者被改过，没有恢复任何内容：${d['why'] ?? ''}。(The backup is damaged; nothing was changed.)` },
  'backup-newer': { status: 409, say: d => `这份备份来自更新的程序版本（${d['what'] ?? ''}），请先升级程序。(The backup is newer than this program.)` },
  'office-not-empty': { status: 409, say: () => '这个办公室里已经有数据。确实要换成备份里的，请加上 --replace；原来的会另存一份。(The office is not empty: add --replace.)' },
  'secrets-differ': { status: 409, say: () => '备份里没有密钥文件，而这里的 secrets.json 不是同一个办公室的，证件号和电话会打不开。请先把原来的 secrets.json 放进数据文件夹；确实没有了，再加上 --other-secrets。(secrets.json belongs to another office.)' },
});
