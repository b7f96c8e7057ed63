import { describe, expect, it } from 'vitest';
import { readThread } from '../../../../src/command/free-text/read-thread.ts';
import { explainTook } from '../../../../src/explain/explain-reading.ts';

/** 2026-11-23T14:30:00Z */
const NOW = 1_795_444_200;
const DIAL = 'dial tcp 10.0.2.9:5432: i/o timeout';
const LINE =
  '2 123456789012 eni-0a1b2c3d4e5f60718 203.0.113.7 10.0.2.9 49152 22 6 3 180 1795443000 1795443060 REJECT OK';

type Row = readonly [own: string, parent: string, command: string, took: string];

describe('a mention in a thread', () => {
  it.each<Row>([
    [
      '<@U0BOT>',
      DIAL,
      'why-rejected 10.0.2.9 --port 5432 --protocol tcp',
      'Took from the message above: destination 10.0.2.9, port 5432, tcp.',
    ],
    [
      '<@U0BOT> why? :sob:',
      DIAL,
      'why-rejected 10.0.2.9 --port 5432 --protocol tcp',
      'Took from the message above: destination 10.0.2.9, port 5432, tcp.',
    ],
    [
      '<@U0BOT> from 10.0.1.5?',
      DIAL,
      'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
      'Took from your message: source 10.0.1.5; from the message above: destination 10.0.2.9, port 5432, tcp.',
    ],
    [
      "<@U0BOT> why can't 10.0.1.5 reach 10.0.2.9?",
      DIAL,
      'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
      'Took from your message: source 10.0.1.5, destination 10.0.2.9; from the message above: port 5432, tcp.',
    ],
    [
      '<@U0BOT> and on port 5433?',
      DIAL,
      'why-rejected 10.0.2.9 --port 5433',
      'Took from your message: port 5433; from the message above: destination 10.0.2.9.',
    ],
    [
      '<@U0BOT> in the last 3 hours',
      DIAL,
      'why-rejected 10.0.2.9 --port 5432 --protocol tcp --since 2026-11-23T11:30:00Z',
      'Took from your message: the time 2026-11-23 11:30:00Z to 14:30:00Z; from the message above: destination 10.0.2.9, port 5432, tcp.',
    ],
    [
      '<@U0BOT> path?',
      'read tcp 10.0.1.5:43210->10.0.2.9:5432: i/o timeout',
      'path 10.0.1.5 10.0.2.9 tcp/5432',
      'Took from the message above: source 10.0.1.5, destination 10.0.2.9, port 5432, tcp.',
    ],
    [
      "<@U0BOT> why can't we reach ledger.internal?",
      'Connection timed out: ledger.internal/10.0.2.9:5432',
      'why-rejected 10.0.2.9 --port 5432 --protocol tcp',
      'Took from the message above: address 10.0.2.9, port 5432, tcp.',
    ],
    [
      '<@U0BOT> what is it with 203.0.113.7?',
      LINE,
      'why-rejected eni-0a1b2c3d4e5f60718 --from 203.0.113.7 --port 22 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
      'Took from the message above: the flow log line, source 203.0.113.7, destination network interface eni-0a1b2c3d4e5f60718, port 22, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z.',
    ],
  ])('%j below %j', (...[own, parent, command, took]) => {
    const reading = readThread(own, parent, NOW);
    expect(reading).toMatchObject({ kind: 'question', command });
    expect(reading.kind === 'question' && explainTook(reading.took)?.summary).toBe(took);
  });

  it.each([
    ['<@U0BOT> eni-0a1b2c3d4e5f60718', DIAL, 'why-rejected eni-0a1b2c3d4e5f60718'],
    ['<@U0BOT> 10.0.3.3:6379', DIAL, 'why-rejected 10.0.3.3 --port 6379 --protocol tcp'],
    ["<@U0BOT> why can't 10.0.1.5 reach 10.0.3.3?", DIAL, 'why-rejected 10.0.3.3 --from 10.0.1.5'],
    ['<@U0BOT> why-rejected eni-0a1b2c3d4e5f60718 --since 2h', DIAL, 'why-rejected eni-0a1b2c3d4e5f60718 --since 2h'],
    ['<@U0BOT> help', DIAL, 'help'],
  ])('%j is not mixed with %j', (own, parent, command) => {
    expect(readThread(own, parent, NOW)).toMatchObject({ kind: 'question', command });
  });

  it('chooses among what stands above by the port that is told', () => {
    const above = 'dial tcp 10.0.2.9:5432: i/o timeout\ndial tcp 10.0.3.3:6379: i/o timeout';
    expect(readThread('<@U0BOT>', above, NOW).kind).toBe('several');
    expect(readThread('<@U0BOT> port 6379', above, NOW)).toMatchObject({
      command: 'why-rejected 10.0.3.3 --port 6379 --protocol tcp',
    });
  });

  it('finds nothing where neither message names anything', () => {
    expect(readThread('<@U0BOT> look', 'the shop is slow', NOW)).toEqual({ kind: 'nothing' });
  });
});
