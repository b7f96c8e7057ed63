import { expect, it } from 'vitest';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { proveFix } from '../../../src/workflow/prove-fix.ts';
import type { CollectedProof, ProofRequest } from '../../../src/workflow/sources.ts';
import { ask, inputOf, linesOf, only, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { clock, DAY } from '../../support/flow-lines.ts';
import { eni, sg } from '../../support/ids.ts';
import { allow, anything, egress, ingress, tcp } from '../../support/rules.ts';

const { accept, reject } = linesOf('db');
const NO_COST = { calls: 3, rounds: 2, milliseconds: 160 };

/** Only the interface itself was read, as for every question. */
const FIRST = buildVpc()
  .subnet('db', '10.0.2.0/24')
  .securityGroup('db')
  .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
  .flowLog({ fields: RICH_FIELDS })
  .membersKnownOf();
const WIDER = FIRST.interface('replica', { subnet: 'db', address: '10.0.2.10', groups: ['db'] }).membersKnownOf('db');

const asked = reject('10.0.1.5:40000 -> 10.0.2.9:5432 tcp', { flags: 2 });
const diagnosis = ask(FIRST, { of: 'db', lines: [asked] });
const before = { diagnosis, snapshots: [FIRST.build().raw], askedBy: 'dana' };
const aDay = { start: '00:00:00', end: '12:30:00' };
const dayOf = (...lines: readonly string[]) =>
  inputOf(FIRST, { of: 'db', lines: [asked, ...lines], window: aDay }).observations;

const options = { signal: new AbortController().signal, onStep: () => undefined };
const radiusOf = async (proof: Partial<CollectedProof>) => {
  const proven = await proveFix(before, async () => ({ snapshots: [], cost: NO_COST, ...proof }), options);
  return only(proven.diagnosis).fix!.radius;
};

it('asks for a day of the logs that were read and for those whom the fix concerns', async () => {
  const requests: ProofRequest[] = [];
  await proveFix(
    before,
    (request) => {
      requests.push(request);
      return Promise.resolve({ snapshots: [], cost: NO_COST });
    },
    options,
  );

  expect(requests).toEqual([
    expect.objectContaining({
      scope: { accountId: diagnosis.target.accountId, region: diagnosis.target.region },
      askedBy: 'dana',
      groupIds: [sg('db')],
      wholeVpc: false,
      window: { start: clock('12:30:00') - 86_400, end: clock('12:30:00') },
      flowLogs: [expect.objectContaining({ trafficType: 'ALL' })],
    }),
  ]);
});

it('holds the fix against what the wider look shows', async () => {
  const radius = await radiusOf({
    snapshots: [WIDER.build().raw],
    day: dayOf(reject('10.0.1.6:40000 -> 10.0.2.9:22 tcp', { at: '00:30:00' })),
  });

  expect(radius.reaches).toMatchObject([{ others: [{ id: eni('replica'), effect: 'opens' }], complete: true }]);
  expect(radius.recorded).toMatchObject({ of: 'day', others: 1, passing: [], window: { start: DAY } });
});

it('keeps to the records of the question where the day has fewer, because it was cut', async () => {
  const empty = inputOf(FIRST, { of: 'db', lines: [], window: aDay }).observations;

  expect((await radiusOf({ day: empty })).recorded).toMatchObject({ of: 'question' });
  expect((await radiusOf({})).recorded).toMatchObject({ of: 'question' });
});

it('asks for the whole VPC where its ACL is in the way', async () => {
  const denied = FIRST.acl('db', [
    ingress(90).deny(tcp(5432), '10.0.1.0/24'),
    egress(100).allow(anything, '0.0.0.0/0'),
  ]);
  const open = denied.securityGroup('db', { ingress: [allow(tcp(5432), '10.0.1.0/24')] });
  const request = await new Promise<ProofRequest>((resolve) => {
    const answered = { ...before, diagnosis: ask(open, { of: 'db', lines: [asked] }) };
    void proveFix(
      answered,
      (each) => {
        resolve(each);
        return Promise.resolve({ snapshots: [], cost: NO_COST });
      },
      options,
    );
  });

  expect(request).toMatchObject({ groupIds: [], wholeVpc: true });
});

it('asks nothing where there is no fix', async () => {
  const passed = ask(FIRST, { of: 'db', lines: [accept('10.0.1.5:40000 -> 10.0.2.9:5432 tcp')] });
  const answer = await proveFix({ ...before, diagnosis: passed }, () => Promise.reject(new Error('asked')), options);

  expect(answer).toEqual({ diagnosis: passed });
});

const fails = () => Promise.reject(new ExpectedError({ kind: 'throttled', service: 'EC2' }));

it('lets the answer stand where the look fails, and a person who gives up have their way', async () => {
  const gone = { ...options, signal: AbortSignal.abort() };

  expect(await proveFix(before, fails, options)).toEqual({ diagnosis });
  await expect(proveFix(before, fails, gone)).rejects.toThrow(ExpectedError);
  await expect(proveFix(before, () => Promise.reject(new Error('a defect')), options)).rejects.toThrow('a defect');
});
