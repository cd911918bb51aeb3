/** The other side of `apart.ts`: runs one piece and says its answers to the process that started it. */
type Say = (answer: unknown) => void;
type Piece = (given: unknown, say: Say, gone: Promise<void>) => Promise<unknown>;

const [piece = '', given = '{}'] = process.argv.slice(2);
const say: Say = answer => { process.send?.(answer); };
const gone = new Promise<void>(resolve => { process.once('message', () => { resolve(); }); });
process.on('disconnect', () => process.exit());
const { default: work } = await import(new URL(piece, import.meta.url).href) as { default: Piece };
const answer = await work(JSON.parse(given), say, gone);
if (answer !== undefined) say(answer);
