import type { Asking } from './call-aws.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

export interface Listing<Item> {
  readonly items: readonly Item[];
  /** False when there was more than we were willing to read. */
  readonly complete: boolean;
}

/**
 * Follows the token until there is none; empty pages on the way mean nothing (API-38). Stops as well when a token comes
 * twice, which some servers send forever, and after `asking.pages` pages. Each page waits for the one before, and is
 * counted as a round of its own.
 */
export async function readPages<Item>(
  asking: Asking,
  readPage: (asking: Asking, nextToken: string | undefined) => Promise<Page<Item>>,
): Promise<Listing<Item>> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let nextToken: string | undefined;
  for (let page = 0; page < asking.pages; page += 1) {
    const answer = await readPage({ ...asking, round: asking.round + page }, nextToken);
    items.push(...answer.items);
    nextToken = answer.nextToken;
    if (nextToken === undefined || seen.has(nextToken)) return { items, complete: true };
    seen.add(nextToken);
  }
  return { items, complete: false };
}
