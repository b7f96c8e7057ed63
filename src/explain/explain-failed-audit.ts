import type { Document } from './document.ts';

/** Which audit came to nothing, before why. */
export function explainFailedAudit(name: string, failure: Document): Document {
  const title = `Audit ${name} came to no result`;
  return { summary: `${title}: ${failure.summary}`, blocks: [{ kind: 'title', text: title }, ...failure.blocks] };
}
