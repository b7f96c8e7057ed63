import * as z from 'zod';
import type { Actor } from './change.ts';

/**
 * Who called, by the name that others know them by: the role behind a session, the user, the service. Keys, ids and
 * account numbers are left where they are.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function parseActor(identity: unknown): Actor | undefined {
  const told = Identity.safeParse(identity).data;
  if (told === undefined) return undefined;
  const issuer = told.sessionContext?.sessionIssuer;
  return issuer?.type === 'Role' ? roleActor(issuer.userName, told) : otherActor(told);
}

type Identity = z.output<typeof Identity>;

function otherActor({ type, userName, invokedBy }: Identity): Actor | undefined {
  if (type === 'Root') return { kind: 'root' };
  if (userName !== undefined) return { kind: 'user', name: userName };
  if (invokedBy !== undefined) return { kind: 'service', name: invokedBy };
  return type === 'AWSAccount' ? { kind: 'account' } : undefined;
}

const name = z.string().trim().min(1).max(256);

const Identity = z.object({
  type: z.string(),
  userName: name.optional().catch(undefined),
  arn: z.string().max(2048).optional().catch(undefined),
  invokedBy: name.optional().catch(undefined),
  sessionContext: z
    .object({ sessionIssuer: z.object({ type: z.string(), userName: name.optional() }).optional() })
    .optional()
    .catch(undefined),
});

/** IAM Identity Center makes one role for many people, and names the session after the one who uses it. */
const SHARED_BY_PEOPLE = 'AWSReservedSSO_';

function roleActor(role: string | undefined, { arn }: Identity): Actor | undefined {
  if (role === undefined) return undefined;
  const session = role.startsWith(SHARED_BY_PEOPLE) ? arn?.split('/').at(-1) : undefined;
  return { kind: 'role', name: role, ...(session !== undefined && session !== '' && { session }) };
}
