import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { databaseFile, openStore, type StoreConfig } from './open.ts';

/**
 * Lets a finished database file take the place of the office's own; the old one stays beside it as `office.db.before-restore`.
 * Renaming is the only step that counts: before it the old office stands, after it the new one. Nobody else may have the file open.
 */
export async function replaceFile({ from, to, driver }: { readonly from: string; readonly to: string; readonly driver: StoreConfig['driver'] }): Promise<void> {
  const [fresh, own] = [databaseFile(from), databaseFile(to)];
  if (existsSync(own)) {
    // What the old one still keeps in its write-ahead log must not be found beside the new one.
    const store = openStore({ dataDir: to, databaseUrl: '', driver });
    try { await store.write.raw('PRAGMA wal_checkpoint(TRUNCATE)'); } finally { await store.close(); }
    rmSync(`${own}-wal`, { force: true });
    rmSync(`${own}-shm`, { force: true });
    rmSync(`${own}.before-restore`, { force: true });
    linkSync(own, `${own}.before-restore`);
  }
  sync(fresh);
  renameSync(fresh, own);
  sync(to);
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try { fsyncSync(file); } catch { /* some systems cannot sync a folder */ } finally { closeSync(file); }
}
