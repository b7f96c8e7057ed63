import { haveRedis } from '../support/redis.ts';
import { measureBacklog } from './measure-backlog.ts';
import { measureLoad } from './measure-load.ts';

/**
 * `npm run test:load`: slash commands at a rate that nobody reaches, to a bot and a worker in processes of their own, and
 * the acknowledgements of a bot before whose queue thousands of jobs wait. Times are printed and cannot fail; a question
 * that is lost or answered twice does. `LOAD_SECONDS=10` asks for less long than a minute.
 */
const SECONDS = Number(process.env['LOAD_SECONDS'] ?? '60');

if (haveRedis()) {
  await measureBacklog(Math.min(SECONDS, 20));
  const { lost, twice } = await measureLoad(SECONDS);
  process.exitCode = lost + twice === 0 ? 0 : 1;
}
