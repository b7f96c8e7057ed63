import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { callAws, type Asking } from './call-aws.ts';
import { partOf, type Part } from './read-part.ts';
import { readPages } from './read-pages.ts';

const CALL = 'DescribeLogGroups';
const LARGEST_PAGE = 50;

/**
 * The log group of this name, if there is one. A name that is missing from all that was read so is missing in AWS.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 */
export function findLogGroup(asking: Asking, name: string): Promise<Part> {
  return partOf({ member: 'LogGroups', call: CALL }, async () => {
    const { items, complete } = await readByPrefix(asking, name);
    return { items: items.filter((group) => group.logGroupName === name), complete };
  });
}

/** The smallest look that tells whether looking is allowed. */
export function tryLogGroups(asking: Asking): Promise<object> {
  return callAws(asking, CALL, (options) =>
    asking.clients.logs().send(new DescribeLogGroupsCommand({ limit: 1 }), options),
  );
}

/** There is no asking by the whole name that a group which is gone would not fail. */
function readByPrefix(asking: Asking, prefix: string) {
  return readPages(asking, async (page, nextToken) => {
    const input = { logGroupNamePrefix: prefix, limit: LARGEST_PAGE, nextToken };
    const { logGroups = [], nextToken: next } = await callAws(page, CALL, (options) =>
      page.clients.logs().send(new DescribeLogGroupsCommand(input), options),
    );
    const items = logGroups.map(({ logGroupName, retentionInDays, logGroupClass }) => ({
      logGroupName,
      retentionInDays,
      logGroupClass,
    }));
    return { items, nextToken: next };
  });
}
