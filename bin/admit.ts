import { ACCESS_LINE, accessLine } from '../src/access/access-line.ts';
import type { Admit } from '../src/access/admission.ts';
import { groupsInQuestion, isOpenChannel, mayAsk } from '../src/access/may-ask.ts';
import type { AccessPolicy } from '../src/access/policy.ts';
import type { Log } from '../src/log.ts';
import type { AskerReader } from '../src/slack/read-asker.ts';

interface Gate {
  readonly policy: AccessPolicy;
  readonly reader: Pick<AskerReader, 'readAsker'>;
  readonly log: Log;
}

/** The gate before every way in: asks Slack what the policy needs to know, decides, and writes it down. */
export function createAdmit({ policy, reader, log }: Gate): Admit {
  return async (approach, { deed, accounts, isUnasked, ...asked }) => {
    const asker = await reader.readAsker(approach, {
      channel: !isOpenChannel(policy, approach.channelId),
      userGroups: groupsInQuestion(policy, approach),
    });
    const permission = mayAsk(policy, asker, { deed, accounts });
    if (permission.kind === 'refused' && isUnasked !== true) {
      const line = { ...approach, ...asked, event: 'refusal', accounts, outcome: permission.because } as const;
      log.info(accessLine(line), ACCESS_LINE);
    }
    return permission;
  };
}
