import { createServer } from 'node:http';
import Koa from 'koa';

/** The smallest program that answers on a port: what the start is held against. */
const app = new Koa();
app.use(ctx => { ctx.body = 'hello'; });
createServer(app.callback()).listen(Number(process.env['PORT']), '127.0.0.1');
