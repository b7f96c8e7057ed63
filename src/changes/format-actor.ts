import type { Actor } from './change.ts';

/** `role deploy`, `the root user`: for texts without emphasis. Not for readers of other organisations. */
export function formatActor({ kind, name }: Actor): string {
  if (name === undefined) return NAMELESS[kind];
  return kind === 'service' ? name : `${kind} ${name}`;
}

export const NAMELESS: Readonly<Record<Actor['kind'], string>> = {
  role: 'a role',
  user: 'a user',
  root: 'the root user',
  service: 'an AWS service',
  account: 'another account',
};
