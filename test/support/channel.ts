import type { Document, Thread } from '../../src/explain/document.ts';
import type { AnswerAddress, PostLedger, ShowAnswer, ShowProgress } from '../../src/workflow/post.ts';

/** A channel in memory with one message a question: posts are counted, edits change what stands there. */
export interface Channel {
  readonly showProgress: ShowProgress;
  readonly showAnswer: ShowAnswer;
  /** First lines of the messages, in the order they were posted. */
  readonly messages: () => readonly string[];
  /** Everything the message of a question has said, oldest first. */
  readonly history: (questionId: string) => readonly string[];
}

/** Posts as the Slack edge does: under the lease of the ledger, and an edit where the ledger knows a message. */
export function openChannel(ledger: PostLedger, onPost: (summary: string) => void = () => undefined): Channel {
  const posted = new Map<string, string[]>();
  const put = ({ questionId, channelId }: AnswerAddress, { summary }: Document): Promise<void> =>
    ledger.exclusively(questionId, async () => {
      const record = await ledger.read(questionId);
      if (record?.parentTs === undefined) {
        const parentTs = `${posted.size + 1}.000000`;
        posted.set(parentTs, [summary]);
        onPost(summary);
        await ledger.write(questionId, { channelId, parentTs, replyTs: [] });
        byQuestion.set(questionId, parentTs);
      } else {
        posted.get(record.parentTs)?.push(summary);
      }
    });
  const byQuestion = new Map<string, string>();
  return {
    showProgress: put,
    showAnswer: async (address, thread: Thread) => {
      await put(address, thread.parent);
      return { permalink: `https://slack.example/${address.questionId}` };
    },
    messages: () => [...posted.values()].map((history) => history.at(-1) ?? ''),
    history: (questionId) => posted.get(byQuestion.get(questionId) ?? '') ?? [],
  };
}
