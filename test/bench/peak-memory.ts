import { countByScanner } from './top-rejects.ts';

/** A process of its own for the benchmark: reads the file and prints the highest resident memory in bytes. */
countByScanner(process.argv[2]!);
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
