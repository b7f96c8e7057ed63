import { constants, setPriority } from 'node:os';
import { startAws } from '../../demo/aws/start-aws.ts';
import { AWS_LATENCY_MS } from '../faults/world.ts';
import { smallAccount } from './small-account.ts';

/** AWS in a process of its own, which gives way to all others: it would not be on the bot's machine. */
setPriority(constants.priority.PRIORITY_LOW);

const accounts = smallAccount(Math.floor(Date.now() / 1_000));
const { environment } = await startAws({ accounts, latencyMs: AWS_LATENCY_MS });
process.send?.(JSON.stringify(environment));
