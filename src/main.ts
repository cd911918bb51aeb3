import { createServer } from 'node:http';
import { openApp } from './app.ts';
import { readConfig } from './config.ts';
import { openLog } from './log.ts';
import { openOffice } from './office.ts';
import { migrate } from './store/migrate.ts';

/** The process: settings, office, doors, and a gentle stop. */
const config = readConfig();
const log = openLog(config.logLevel);
const office = openOffice(config);
await migrate(office.store.write);
const server = createServer(openApp(office, log).callback());
server.listen(config.port, config.host, () => { log.info({ port: config.port }, 'listening'); });

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  server.close(() => { void office.close().then(() => process.exit(0)); });
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 5_000).unref();
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
