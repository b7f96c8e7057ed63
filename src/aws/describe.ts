import { callAws, type Asking } from './call-aws.ts';
import { DESCRIBES, type DescribeName } from './describes.ts';
import { keepMatching, type Narrowing } from './keep-matching.ts';
import { rawItems, textIn } from './raw-items.ts';
import { readPages, type Listing } from './read-pages.ts';

/** All items of one listing as AWS sent them, dates as ISO 8601 text, in the form of a snapshot file. */
export async function describe(asking: Asking, call: DescribeName, narrow: Narrowing = {}): Promise<Listing<unknown>> {
  const { send, member, pageSize } = DESCRIBES[call];
  const filters = Object.entries(narrow).map(([Name, values]) => ({ Name, Values: [...values] }));
  const listing = await readPages<unknown>(asking, async (page, nextToken) => {
    const output = await callAws(page, call, (options) =>
      send(page.clients, {
        page: { MaxResults: pageSize, NextToken: nextToken },
        filters: filters.length === 0 ? undefined : filters,
        options,
      }),
    );
    return { items: rawItems(output, member), nextToken: textIn(output, 'NextToken') ?? textIn(output, 'NextMarker') };
  });
  return { ...listing, items: keepMatching(listing.items, narrow) };
}

/** Asks whether the call would be allowed, without making it: AWS answers with an error either way (API-37). */
export function describeDryRun(asking: Asking, call: DescribeName): Promise<object> {
  return callAws(asking, call, (options) =>
    DESCRIBES[call].send(asking.clients, { page: { DryRun: true }, filters: undefined, options }),
  );
}
