import { assertNever } from '../lang/exhaustive.ts';
import { formatCidr } from '../net/cidr.ts';
import type { Edit } from './change.ts';
import { contentKey, destinationKey } from './same.ts';

/** What an edit is an edit of: looked up by this id. */
export function objectOf(edit: Edit): string {
  switch (edit.kind) {
    case 'rule':
      return edit.groupId;
    case 'entry':
    case 'acl-association':
      return edit.aclId;
    case 'groups-of-interface':
      return edit.interfaceId;
    case 'block-of-list':
      return edit.listId;
    case 'route':
      return edit.tableId;
    case 'peering-status':
      return edit.peeringId;
    case 'untold':
      return edit.objectId;
    default:
      return assertNever(edit);
  }
}

/** The same for two edits of one part of one object. */
export function partKey(edit: Edit): string {
  return `${edit.kind} ${objectOf(edit)} ${placeOf(edit)}`;
}

function placeOf(edit: Edit): string {
  switch (edit.kind) {
    case 'rule':
      return edit.ruleId ?? `${edit.direction} ${contentOf(edit)}`;
    case 'entry':
      return `${edit.direction} ${edit.ruleNumber}`;
    case 'block-of-list':
      return blockOf(edit);
    case 'route':
      return destinationKey(edit.destination);
    case 'acl-association':
    case 'groups-of-interface':
    case 'peering-status':
    case 'untold':
      return '';
    default:
      return assertNever(edit);
  }
}

function blockOf({ before, after }: Extract<Edit, { kind: 'block-of-list' }>): string {
  const block = after === 'nothing' ? before : after;
  return block === 'nothing' ? '' : formatCidr(block);
}

function contentOf({ before, after }: Extract<Edit, { kind: 'rule' }>): string {
  const content = after === 'nothing' ? before : after;
  return typeof content === 'string' ? '' : contentKey(content);
}
