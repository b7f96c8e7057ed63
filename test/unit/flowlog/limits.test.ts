import { describe, expect, it } from 'vitest';
import type { Observations } from '../../../src/flowlog/observations.ts';
import { accept, clock, fileOf, header, observe, observerFor, reject, rich } from '../../support/flow-lines.ts';

const conversations = (count: number, more = {}) =>
  Array.from({ length: count }, (_, index) =>
    reject(`10.0.${index >> 8}.${index & 255}:50000 -> 10.0.1.9:443 tcp`, { packets: 2, ...more }),
  );
const clients = (count: number) =>
  Array.from({ length: count }, (_, index) => reject(`10.0.0.5:${10_000 + index} -> 10.0.1.9:443 tcp`, { packets: 2 }));

const packetsIn = ({ groups }: Observations) =>
  groups.reduce((sum, group) => sum + (group.ingress.rejected?.packets ?? 0), 0);

describe('more conversations than may be kept', () => {
  const limits = { conversations: 100 };

  it('of one client lose their ports, not their packets', () => {
    const seen = observe(clients(1000), { limits });

    expect(seen.groups).toHaveLength(1);
    expect(seen.groups[0]).toMatchObject({
      servicePort: 443,
      opener: { side: 'remote' },
      clientPorts: { distinct: 100 },
      conversations: 101,
      ingress: { rejected: { records: 1000, packets: 2000 } },
    });
    expect(seen.reading).toMatchObject({ records: 1000, rejected: 1000, stoppedEarly: 'flow-limit' });
  });

  it('are merged by what looks like a service, whichever side it is on', () => {
    const answers = clients(300).map((line) => line.replace(/(\S+) 10.0.1.9 (\d+) 443/, '10.0.1.9 $1 443 $2'));
    const [group, ...others] = observe(answers, { limits }).groups;

    expect(others).toEqual([]);
    expect(group).toMatchObject({ servicePort: 443, egress: { rejected: { records: 300 } } });
  });

  it.each([1000, 10_000])('do not grow with the log: %d clients', (count) => {
    const seen = observe(conversations(count), { limits });

    expect(seen.groups).toHaveLength(110);
    expect(packetsIn(seen)).toBe(220);
    expect(seen.reading).toMatchObject({ records: count, rejected: count, stoppedEarly: 'flow-limit' });
  });

  it('say nothing of order, for five-tuples are no longer told apart', () => {
    const lines = [
      ...clients(100),
      accept('10.0.0.5:60000 -> 10.0.1.9:443 tcp'),
      reject('10.0.0.5:60001 -> 10.0.1.9:443 tcp', { at: '12:00:30' }),
    ];
    const orders = observe(lines, { limits }).groups.map((group) => group.order);

    expect(orders).not.toContainEqual(expect.objectContaining({ acceptedBefore: true }));
  });

  it('that fit are all told apart', () => {
    const seen = observe(conversations(100), { limits });

    expect(seen.groups).toHaveLength(100);
    expect(seen.reading).not.toHaveProperty('stoppedEarly');
  });
});

describe('one conversation of very many records', () => {
  it('is added up', () => {
    const start = clock('00:00:00');
    const lines = Array.from({ length: 150_000 }, (_, index) =>
      accept('10.0.0.5:50000 -> 10.0.1.9:443 tcp', { at: start + (index >> 1), packets: 1 + (index & 1) }),
    );
    const [group] = observe(lines).groups;

    expect(group).toMatchObject({ conversations: 1, ingress: { accepted: { records: 150_000, packets: 225_000 } } });
    expect(group?.ingress.accepted?.samples).toHaveLength(5);
  });
});

describe('reading stops', () => {
  const lines = Array.from({ length: 50 }, (_, index) =>
    reject('10.0.0.5:50000 -> 10.0.1.9:443 tcp', { lasting: index }),
  );

  it('at the limit for records', () => {
    const observer = observerFor({ limits: { records: 20 } });
    const feed = observer.open('header-first');

    expect(observer.wantsMore()).toBe(true);
    feed.bytes(fileOf(header(), ...lines));
    expect(observer.wantsMore()).toBe(false);
    feed.bytes(fileOf(...lines));
    feed.line('malformed');
    feed.end();
    expect(observer.finish().reading).toMatchObject({
      records: 20,
      malformed: { count: 0 },
      stoppedEarly: 'record-limit',
    });
  });

  it('at the limit for bytes, and the piece that passes it is left out', () => {
    const piece = fileOf(header(), ...lines);
    const observer = observerFor({ limits: { bytes: piece.length + 10 } });
    const feed = observer.open('header-first');
    feed.bytes(piece);
    feed.bytes(fileOf(reject('10.0.0.6:50000 -> 10.0.1.9:443 tcp')));
    feed.end();

    expect(observer.finish().reading).toMatchObject({ records: 50, bytes: piece.length, stoppedEarly: 'byte-limit' });
  });

  it('when told to, and does not take the line in hand for a truncated one', () => {
    const observer = observerFor();
    const feed = observer.open('header-first');
    feed.bytes(fileOf(header(), lines[0]!).subarray(0, -20));
    observer.stop('time-limit');

    expect(feed.end()).toEqual({ records: 0, malformed: 0 });
    expect(observer.finish().reading).toMatchObject({ stoppedEarly: 'time-limit', malformed: { count: 0 } });
  });

  it('and says so before saying that ports were not told apart', () => {
    const observer = observerFor({ limits: { conversations: 1 } });
    const feed = observer.open('header-first');
    feed.bytes(fileOf(...clients(3)));
    observer.stop('time-limit');

    expect(observer.finish().reading.stoppedEarly).toBe('time-limit');
  });
});

describe('a file', () => {
  it('that breaks off counts its last line as malformed', () => {
    const observer = observerFor();
    const feed = observer.open('header-first');
    feed.bytes(fileOf(rich.header(), rich.reject('10.0.0.5:1 -> 10.0.1.9:2 tcp')).subarray(0, -30));

    expect(feed.end()).toEqual({ records: 0, malformed: 1 });
  });

  it('that is empty holds nothing', () => {
    const feed = observerFor().open('header-first');
    feed.bytes(Buffer.alloc(0));

    expect(feed.end()).toEqual({ records: 0, malformed: 0 });
  });

  it('of one line of a megabyte is one malformed line', () => {
    const observer = observerFor();
    const feed = observer.open('header-first');
    feed.bytes(Buffer.alloc(1024 * 1024, 'x'));
    feed.bytes(fileOf('', reject('10.0.0.5:1 -> 10.0.1.9:2 tcp')));

    expect(feed.end()).toEqual({ records: 1, malformed: 1 });
    expect(observer.finish().reading.malformed.samples).toEqual(['x'.repeat(256)]);
  });

  it('without a header is read in the default format (FLOW-94)', () => {
    const feed = observerFor().open('header-first');
    feed.bytes(fileOf(reject('10.0.0.5:1 -> 10.0.1.9:2 tcp')));

    expect(feed.end()).toEqual({ records: 1, malformed: 0 });
  });

  it('whose header differs from the flow log is believed (FLOW-97)', () => {
    const observer = observerFor();
    const feed = observer.open({ fields: ['action'] });
    feed.bytes(fileOf(header(), reject('10.0.0.5:1 -> 10.0.1.9:2 tcp')));

    expect(feed.end()).toEqual({ records: 1, malformed: 0 });
    expect(observer.finish().fields.size).toBe(14);
  });

  it('that could not be unpacked is said', () => {
    const observer = observerFor();
    const feed = observer.open('header-first');
    feed.unreadable('broken gzip');

    expect(feed.end()).toEqual({ records: 0, malformed: 1 });
    expect(observer.finish().reading.malformed.samples).toEqual(['broken gzip']);
  });
});

describe('an event of CloudWatch Logs', () => {
  it('of a megabyte is one malformed line', () => {
    const observer = observerFor();
    const feed = observer.open('header-first');
    feed.line('x'.repeat(1024 * 1024));

    expect(feed.end()).toEqual({ records: 0, malformed: 1 });
  });

  it('may end with a newline', () => {
    const feed = observerFor().open('header-first');
    feed.line(`${reject('10.0.0.5:1 -> 10.0.1.9:2 tcp')}\n`);

    expect(feed.end()).toEqual({ records: 1, malformed: 0 });
  });
});
