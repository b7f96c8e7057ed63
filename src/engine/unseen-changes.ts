import type { History } from '../changes/history.ts';
import type { Gap } from '../vpc/gap.ts';

/** What is not known of the changes to this interface's filters. Empty: they are all known, but for the latest. */
export function unseenChanges({ history }: { readonly history?: History }): readonly Gap[] {
  return history === undefined ? [{ fact: 'configuration-changes', because: 'not-collected' }] : history.gaps;
}

/**
 * Where nothing else explains a reject, a change that CloudTrail has not told yet may: it takes about 15 minutes.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
 */
export function lateChanges({ history }: { readonly history?: History }): readonly Gap[] {
  return history === undefined ? [] : [{ fact: 'configuration-changes', about: 'latest', because: 'not-collected' }];
}
