// The areas tell each other what follows from what; without them a command would do half of an act.
import './areas.ts';
import { appoint } from './commands/appoint.ts';
import { archive } from './commands/archive.ts';
import { backup } from './commands/backup.ts';
import { demo } from './commands/demo.ts';
import { exportFile } from './commands/export.ts';
import { importBack } from './commands/import-back.ts';
import { importFile } from './commands/import.ts';
import { migrate } from './commands/migrate.ts';
import { rate } from './commands/rate.ts';
import { restore } from './commands/restore.ts';
import { roundOpen } from './commands/round-open.ts';
import { runLine, type Commands } from './commands/run.ts';
import { serve } from './commands/serve.ts';
import { verify } from './commands/verify.ts';
import { readConfig } from './config.ts';

/** The command line: npm run office -- help */
export const commands: Commands = {
  migrate,
  demo,
  appoint,
  import: importFile,
  'import back': importBack,
  'round open': roundOpen,
  rate,
  export: exportFile,
  archive,
  verify,
  backup,
  restore,
  serve,
};

if (import.meta.main) {
  process.exitCode = await runLine(commands, readConfig(), {
    args: process.argv.slice(2), cwd: process.cwd(),
    out(line) { process.stdout.write(`${line}\n`); },
    err(line) { process.stderr.write(`${line}\n`); },
  });
}
