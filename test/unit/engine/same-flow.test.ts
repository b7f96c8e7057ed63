import { expect, it } from 'vitest';
import { sameFlowIn } from '../../../src/engine/same-flow.ts';
import { accept, observe, reject } from '../../support/flow-lines.ts';

const { groups } = observe([
  reject('203.0.113.5:40000 -> 10.0.1.9:443 tcp'),
  reject('203.0.113.5:40001 -> 10.0.1.9:443 tcp', { at: '12:10:00' }),
  accept('203.0.113.5:40002 -> 10.0.1.9:443 tcp', { at: '12:20:00' }),
  reject('203.0.113.5:40000 -> 10.0.1.9:22 tcp'),
  reject('203.0.113.6:40000 -> 10.0.1.9:443 tcp'),
  reject('203.0.113.5:40000 -> 10.0.1.9:443 udp'),
  reject('10.0.1.9:40000 -> 203.0.113.5:443 tcp'),
]);
const sameFlow = sameFlowIn(groups);

it('lays groups side by side whose packets fared differently', () => {
  const accepted = groups.find(({ ingress }) => ingress.accepted !== undefined)!;

  expect(new Set(sameFlow(accepted).map(({ conversations }) => conversations))).toEqual(new Set([1, 2]));
});

it('keeps apart another service, another end, another protocol and the other way', () => {
  expect(new Set(groups.map(sameFlow)).size).toBe(5);
  expect(groups.every((group) => sameFlow(group).includes(group))).toBe(true);
});
