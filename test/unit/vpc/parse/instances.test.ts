import { expect, it } from 'vitest';
import { instance } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

it('reads instances out of their reservations', () => {
  const web = { InstanceId: instance('web'), State: { Name: 'running', Code: 16 }, InstanceType: 'm8i.large' };
  const db = { InstanceId: instance('db'), Tags: [{ Key: 'Name', Value: 'orders' }] };

  const { instances, gaps } = parseMembers({ Reservations: [{ Instances: [web, db] }, {}] });

  expect([...instances.values()]).toEqual([
    { id: instance('web'), state: 'running', type: 'm8i.large' },
    { id: instance('db'), name: 'orders' },
  ]);
  expect(gaps).toEqual([]);
});

it('makes a gap of what it cannot read', () => {
  const odd = { InstanceId: instance('web'), State: 'running' };

  const { instances, gaps } = parseMembers({ Reservations: [{ Instances: [odd] }, { Instances: 'none' }] });

  expect(instances.size).toBe(0);
  expect(gaps.map((gap) => [gap.fact, gap.about, gap.because])).toEqual([
    ['instance', instance('web'), 'malformed'],
    ['instance', undefined, 'malformed'],
  ]);
});
