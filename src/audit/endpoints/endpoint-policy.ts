/** What an endpoint policy comes to, as far as it can be told without knowing who asks. */
export type PolicyReading =
  | 'allows-everything'
  /** No statement allows anything. */
  | 'no-allow'
  /** A statement without conditions denies everything to everybody: it wins over all others. */
  | 'denies-everybody'
  /** Anything between, or not readable: it depends. */
  | 'depends';

/**
 * The default policy allows everything to everybody. A deny wins; without an allow everything is denied.
 * VPCE-31. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function readPolicy(document: string): PolicyReading {
  const statements = statementsOf(document);
  if (statements === undefined) return 'depends';
  if (statements.some((each) => each.effect === 'Deny' && each.isForAll)) return 'denies-everybody';
  if (!statements.some(({ effect }) => effect === 'Allow')) return 'no-allow';
  const isOpen = statements.some((each) => each.effect === 'Allow' && each.isForAll);
  return isOpen && statements.every(({ effect }) => effect === 'Allow') ? 'allows-everything' : 'depends';
}

interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Every principal, action and resource, without a condition. */
  readonly isForAll: boolean;
}

/** A document that is not what IAM writes says nothing. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
function statementsOf(document: string): readonly Statement[] | undefined {
  if (document.length > LONGEST_POLICY) return undefined;
  const statement = memberOf(parseJson(document), 'Statement');
  if (statement === undefined) return undefined;
  const statements = listOf(statement).map(statementOf);
  return statements.includes(undefined) ? undefined : statements.filter((each) => each !== undefined);
}

/** VPCE-32 [re-check]: AWS takes 20,480 characters. */
const LONGEST_POLICY = 100_000;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function statementOf(value: unknown): Statement | undefined {
  const effect = memberOf(value, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') return undefined;
  const isForAll =
    isEverybody(memberOf(value, 'Principal')) &&
    holdsStar(memberOf(value, 'Action')) &&
    holdsStar(memberOf(value, 'Resource')) &&
    memberOf(value, 'Condition') === undefined;
  return { effect, isForAll };
}

function isEverybody(principal: unknown): boolean {
  return holdsStar(principal) || holdsStar(memberOf(principal, 'AWS'));
}

function holdsStar(value: unknown): boolean {
  return listOf(value).includes('*');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
