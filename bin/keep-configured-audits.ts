import type { Configuration } from '../src/config/configuration.ts';
import type { Log } from '../src/log.ts';
import { keepSchedules } from '../src/workflow/keep-schedules.ts';
import type { TimedAudit } from '../src/workflow/manage-audits.ts';
import type { Homes } from './open-homes.ts';

interface Keeping {
  readonly configuration: Configuration;
  readonly homes: Pick<Homes, 'audits'>;
  readonly log: Log;
}

/** A queue that is away at the start comes back some time. */
const TRY_AGAIN_MS = 10_000;

/** Sets the schedules of the configuration file, as soon as the queue can be reached. */
export function keepConfiguredAudits({ configuration, homes, log }: Keeping): { readonly stop: () => void } {
  const audits = configuredAudits(configuration);
  const stopping = new AbortController();
  const keep = async (): Promise<void> => {
    try {
      await keepSchedules(audits, homes.audits);
      if (audits.length > 0) log.info({ audits: audits.map(({ audit }) => audit.name) }, 'audits are scheduled');
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.warn({ err: error }, 'the audits of the configuration could not be scheduled; it will be tried again');
      const again = setTimeout(() => void keep(), TRY_AGAIN_MS);
      stopping.signal.addEventListener('abort', () => clearTimeout(again), { once: true });
    }
  };
  void keep();
  return { stop: () => stopping.abort() };
}

function configuredAudits({ audits }: Configuration): readonly TimedAudit[] {
  return audits.map(({ name, cron, timezone, channel, families, accounts, regions, vpcs }) => ({
    cron,
    timezone,
    audit: {
      name,
      origin: 'configuration',
      channelId: channel,
      teamId: '',
      scope: {
        ...(families !== undefined && { families }),
        ...(accounts !== undefined && { accounts }),
        ...(regions !== undefined && { regions }),
        ...(vpcs !== undefined && { vpcs }),
      },
    },
  }));
}
