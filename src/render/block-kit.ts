import type { KnownBlock } from '@slack/types';
import type { AnswerAction, Block, Document } from '../explain/document.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { LIMITS, packBlocks, SHOWN } from './block-kit-limits.ts';
import { cleanLine, cleanLines, cutText } from './clean-text.ts';
import { escapeMrkdwnWithin } from './escape-mrkdwn.ts';
import { renderMrkdwn } from './mrkdwn-spans.ts';
import { ACTION_PREFIX, BUTTON_WORDS, BUTTONS_BLOCK } from './buttons.ts';
import { TONES } from './tones.ts';

/** What `chat.postMessage` and `chat.update` take beside channel and thread. */
export interface SlackMessage {
  /** Notifications and screen readers use this, not the blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** A document as messages that Slack takes; more than one only where it is longer than a message may be. */
export function renderSlackMessages(document: Document): readonly SlackMessage[] {
  const parts = packBlocks(document.blocks.flatMap(renderBlock));
  return parts.map((blocks, index) => ({
    text: renderText(document, parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ''),
    blocks: [...blocks],
  }));
}

/** A document as somebody's page, which has no second message: what does not fit is left out, and said to be. */
export function renderHomeBlocks(document: Document): KnownBlock[] {
  const blocks = document.blocks.flatMap(renderBlock);
  if (blocks.length <= LIMITS.blocksInHome) return blocks;
  return [...blocks.slice(0, LIMITS.blocksInHome - 1), ...renderNote({ kind: 'note', spans: LEFT_OUT })];
}

const LEFT_OUT: Extract<Block, { kind: 'note' }>['spans'] = [
  { kind: 'words', text: '… and more than fits on this page.' },
];

function renderText(document: Document, suffix: string): string {
  const [first] = document.blocks;
  const prefix = first?.kind === 'headline' ? `${toneWords(first.tone)} ` : '';
  const summary = escapeMrkdwnWithin(document.summary, LIMITS.messageText - prefix.length - suffix.length);
  return `${prefix}${summary}${suffix}`.trim() || 'vpc-why';
}

function toneWords(tone: keyof typeof TONES): string {
  return `${TONES[tone].emoji} ${TONES[tone].word}:`;
}

function renderBlock(block: Block): KnownBlock[] {
  switch (block.kind) {
    case 'headline':
      return section(`${TONES[block.tone].emoji} *${TONES[block.tone].word}:* `, block);
    case 'title':
      return renderTitle(block.text);
    case 'paragraph':
      return section('', block);
    case 'list':
      return renderList(block);
    case 'command':
      return preformatted(wholeLines(cleanLines(block.shell)));
    case 'terraform':
      return renderTerraform(block.hcl);
    case 'evidence':
      return preformatted(firstLines(block.lines));
    case 'note':
      return renderNote(block);
    case 'buttons':
      return [renderButtons(block.actions)];
    default:
      return assertNever(block);
  }
}

function section(prefix: string, block: Extract<Block, { kind: 'headline' | 'paragraph' }>): KnownBlock[] {
  const text = `${prefix}${renderMrkdwn(block.spans, LIMITS.sectionText - prefix.length)}`;
  return text.trim() === '' ? [] : [mrkdwnSection(text)];
}

function mrkdwnSection(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text }, expand: true };
}

function renderTitle(title: string): KnownBlock[] {
  const text = cutText(cleanLine(title).trim(), LIMITS.headerText);
  return text === '' ? [] : [{ type: 'header', text: { type: 'plain_text', text, emoji: false } }];
}

function renderNote(block: Extract<Block, { kind: 'note' }>): KnownBlock[] {
  const text = renderMrkdwn(block.spans, LIMITS.contextText);
  return text.trim() === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text }] }];
}

/** Without values: those name a question, and a document knows of none. */
function renderButtons(actions: readonly AnswerAction[]): KnownBlock {
  return {
    type: 'actions',
    block_id: BUTTONS_BLOCK,
    elements: actions.map((action) => ({
      type: 'button',
      action_id: `${ACTION_PREFIX}${action}`,
      text: { type: 'plain_text', text: BUTTON_WORDS[action], emoji: false },
    })),
  };
}

/** As many sections as the items need; items themselves are never split over two. */
function renderList(block: Extract<Block, { kind: 'list' }>): KnownBlock[] {
  const lines = block.items
    .slice(0, SHOWN.listItems)
    .map((item, index) => `${block.ordered ? `${index + 1}.` : '•'} ${renderMrkdwn(item, SHOWN.listItemText)}`);
  const left = block.items.length - lines.length;
  if (left > 0) lines.push(`… ${left} more`);
  return joinWithin(lines, LIMITS.sectionText).map(mrkdwnSection);
}

/** Half a resource is none: as many fenced blocks as there is need for. */
function renderTerraform(hcl: string): KnownBlock[] {
  const resources = cleanLines(hcl).join('\n').split('\n\n');
  const texts = joinWithin(resources, LIMITS.preformattedText - LONGEST_REMARK, '\n\n');
  return texts.flatMap((text) => preformatted(wholeLines(text.split('\n'))));
}

function joinWithin(lines: readonly string[], limit: number, between = '\n'): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + between.length + line.length <= limit)
      texts[texts.length - 1] = `${last}${between}${line}`;
    else texts.push(line);
  }
  return texts;
}

/** Half a command must not be run: lines that do not fit are counted, in a comment that shell and Terraform ignore. */
function wholeLines(lines: readonly string[]): string {
  const kept = keepWithin(lines, LIMITS.preformattedText - LONGEST_REMARK);
  const left = lines.length - kept.length;
  return left === 0
    ? kept.join('\n')
    : [...kept, `# … ${left} more: ask vpc-why in a terminal for all of it`].join('\n');
}

function firstLines(lines: readonly string[]): string {
  const cut = lines.slice(0, SHOWN.evidenceLines).map((line) => cutText(cleanLine(line), SHOWN.evidenceLineText));
  const left = lines.length - cut.length;
  return left === 0 ? cut.join('\n') : [...cut, `… ${left} more`].join('\n');
}

function keepWithin(lines: readonly string[], limit: number): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > limit) break;
    kept.push(line);
  }
  return kept;
}

const LONGEST_REMARK = 80;

/** Rich text parses no markup: what stands in it is shown as it is. */
function preformatted(text: string): KnownBlock[] {
  if (text.trim() === '') return [];
  return [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }], border: 0 }],
    },
  ];
}
