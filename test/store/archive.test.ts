import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { ArchiveWriter } from '../../src/store/archive.ts';

test('a disk that fails between two entries is told by the next one, and ends no process', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'xx-archive-'));
  t.teardown(() => { rmSync(folder, { recursive: true, force: true }); });
  const archive = new ArchiveWriter(join(folder, 'no such folder', 'a.tar.gz'));
  // While rows are read from the database nobody waits for the archive: the failure comes now.
  await new Promise(resolve => { setTimeout(resolve, 50); });
  await t.throwsAsync(archive.add('a.json', Buffer.from('[]')), { code: 'ENOENT' });
  archive.destroy();
});
