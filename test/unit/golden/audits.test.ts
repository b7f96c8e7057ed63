import { describe, expect, it } from 'vitest';
import type { Thread } from '../../../src/explain/document.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import type { AuditEdition } from '../../../src/workflow/run-audit.ts';
import { DAY, PROD, runOver } from '../../support/audit-runs.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { checkMessage } from '../../support/check-blocks.ts';
import { accepter, NOON, requester, toMain, toShared } from '../../support/peered-vpcs.ts';

const everything = { ...PROD, scope: { families: ['peering', 'flow-logs'] as const } };

/** The answer has no way back, and names cannot be asked for across the peering. */
const lastWeek = [requester([toShared()], { dns: { requester: false, accepter: true } }), accepter([])];
/** The way back is there; a route leads nowhere; the role of one account may no longer read flow logs. */
const thisWeek = [
  requester([toShared(), toShared('100.65.0.0/16')], { dns: { requester: false, accepter: true } }),
  accepter([toMain()])
    .refused({ action: 'ec2:DescribeFlowLogs', because: 'access-denied' })
    .raw({ FlowLogs: undefined }),
];
/** More than anybody reads: each table has a route that leads nowhere. */
const neglected = [
  Array.from({ length: 14 }, (_, index) => index).reduce(
    (vpc, index) =>
      vpc
        .subnet(`app-${index}`, `10.0.${index + 10}.0/24`)
        .routeTable(`app-${index}`, [toShared(`100.${index + 64}.0.0/16`)]),
    buildVpc()
      .cidr('10.0.0.0/16')
      .peering('shared', { cidrs: ['10.8.0.0/16'] }),
  ),
  accepter([toMain()]),
];

const first = await runOver(lastWeek, { audit: everything });
const SCENARIOS: readonly (readonly [string, AuditEdition])[] = [
  ['audit-first-run', first],
  [
    'audit-what-changed',
    await runOver(thisWeek, {
      audit: everything,
      history: first.history,
      now: NOON + DAY,
      mutes: first.history.findings
        .filter(({ kind, objects }) => kind === 'flow-log-missing' && objects[0].name === 'main')
        .map(({ id }) => ({ findingId: id, reason: 'a sandbox', by: 'U0DANA', until: NOON + 30 * DAY })),
    }),
  ],
  [
    'audit-nothing-changed',
    await runOver(lastWeek, { audit: everything, history: first.history, now: NOON + 7 * DAY }),
  ],
  ['audit-of-a-neglected-network', await runOver(neglected, { audit: everything })],
];

/** `npm run golden` rewrites the files; a reviewer reads their difference as prose. */
describe.each([...SCENARIOS])('%s', (name, { thread }) => {
  it('reads as in the golden file', async () => {
    await expect(renderMarkdown(threadOf(thread))).toMatchFileSnapshot(`../../golden/${name}.md`);
  });

  it('is sent as in the golden file, within the limits of Slack', async () => {
    const { parent, replies } = threadOf(thread);
    const messages = [parent, ...replies].map(renderSlackMessages);

    await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(`../../golden/${name}.slack.json`);
    expect(messages.flat().flatMap(checkMessage)).toEqual([]);
    expect(messages.map(({ length }) => length)).toEqual(messages.map(() => 1));
    expect(replies.length).toBeLessThanOrEqual(12);
  });
});

function threadOf(thread: Thread | undefined): Thread {
  if (thread === undefined) throw new Error('the run was silent');
  return thread;
}
