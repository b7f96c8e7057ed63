import { describe, expect, it } from 'vitest';
import { readFreeText } from '../../../src/command/free-text/read-free-text.ts';
import { explainNothing, explainSeveral, explainTook } from '../../../src/explain/explain-reading.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';

const NOW = 1_795_444_200;

describe('what was taken', () => {
  it('is one sentence', () => {
    const reading = readFreeText('10.0.1.5 cannot connect to postgres on 10.0.2.9', NOW);
    expect(reading.kind === 'question' && explainTook(reading.took)?.summary).toBe(
      'Took from your message: source 10.0.1.5, destination 10.0.2.9, port 5432 for postgres, tcp.',
    );
  });

  it('is nothing for a command', () => {
    expect(explainTook([])).toBeUndefined();
  });
});

describe('several questions', () => {
  it('are offered with the command for each', () => {
    const reading = readFreeText('between 10.0.1.5 and 10.0.2.9 port 5432', NOW);
    const document = explainSeveral(reading as Extract<typeof reading, { kind: 'several' }>);
    expect(document.summary).toBe("I can't tell which of these 2 is meant");
    expect(renderMarkdown({ parent: document, replies: [] })).toContain(
      '/vpc why-rejected 10.0.1.5 --from 10.0.2.9 --port 5432',
    );
  });

  it('are five at most, and it is said how many more there are', () => {
    const hosts = Array.from({ length: 8 }, (_, index) => `10.0.1.${index + 1}`).join(', ');
    const reading = readFreeText(`${hosts} are unhealthy`, NOW) as Extract<
      ReturnType<typeof readFreeText>,
      { kind: 'several' }
    >;
    expect(reading.choices).toHaveLength(5);
    expect(explainSeveral(reading).summary).toBe("I can't tell which of these 8 is meant");
    expect(JSON.stringify(explainSeveral(reading))).toContain('There are 3 more');
  });
});

describe('nothing', () => {
  it('says what can be read, with three examples', () => {
    const document = explainNothing(undefined, '@vpc-why');
    expect(document.summary).toBe('I found nothing here that I could ask about');
    const shell = document.blocks.find((block) => block.kind === 'command')?.shell ?? '';
    expect(shell.split('\n')).toHaveLength(3);
    for (const example of shell.split('\n')) {
      expect(readFreeText(example.replace('@vpc-why ', ''), NOW).kind).toBe('question');
    }
  });

  it('tells a name that nobody looks up', () => {
    const document = explainNothing({ kind: 'host-name', name: 'ledger.internal', port: 5432 }, '@vpc-why');
    expect(document.summary).toBe("I can't look up names such as ledger.internal:5432");
  });

  it('tells what is wrong with a command', () => {
    const reading = readFreeText('why-rejected eni-0a1b2c3d4e5f60718 --since 8d', NOW);
    const because = reading.kind === 'nothing' ? reading.because : undefined;
    expect(explainNothing(because, '@vpc-why').summary).toContain('a window of at most 7 days');
  });
});
