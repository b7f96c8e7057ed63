import { readFileSync } from 'node:fs';
import { countByScanner } from './count-by-scanner.ts';

/**
 * A process of its own for the benchmark: reads the file so many times over as one stream and prints the highest
 * resident memory in bytes. Linux says it of this program alone; `maxRSS` may still be that of the program it was
 * started from.
 */
const [, , path = '', times = '1'] = process.argv;
await countByScanner(...Array.from({ length: Number(times) }, () => path));
const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
process.stdout.write(String(Number(kilobytes ?? process.resourceUsage().maxRSS) * 1024));
