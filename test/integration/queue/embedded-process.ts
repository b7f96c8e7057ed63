import { openEmbedded } from '../../../src/queue/embedded.ts';
import { openPgliteQueue } from '../../../src/queue/pglite.ts';
import { question } from '../../support/questions.ts';

/** A bot that opens the data directory, takes three questions and lives until it is killed. */
const [dataDir = ''] = process.argv.slice(2);
const { pool } = await openEmbedded(dataDir);
const queue = openPgliteQueue({ pool, onError: () => undefined });
for (const text of ['eni-1', 'eni-2', 'eni-3']) await queue.enqueue(question({ text }));
process.send?.('took three questions');
setInterval(() => undefined, 60_000);
