import { createServer } from 'node:http';
import Koa from 'koa';
import { listen } from '../scratch.ts';

/** A bare Koa that says hello: what a cached page is held against. */
export default async function hello(): Promise<number> {
  const app = new Koa();
  app.use(ctx => { ctx.body = 'hello'; });
  return listen(createServer(app.callback()));
}
