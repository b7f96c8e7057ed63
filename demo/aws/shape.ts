/**
 * The schemas that the AWS SDK's clients carry to read answers, opened so that we can write them: no answer is
 * described twice. The tuples are those of `@smithy/types` (`schema/static-schemas`).
 */
export type Shape =
  | { readonly kind: 'scalar'; readonly type: ScalarType }
  | { readonly kind: 'list'; readonly item: Member }
  | { readonly kind: 'structure'; readonly name: string; readonly members: ReadonlyMap<string, Member> }
  | { readonly kind: 'other' };

type ScalarType = 'string' | 'number' | 'boolean' | 'timestamp' | 'blob';

/** A shape in its place: lazily opened, since shapes hold one another. */
export interface Member {
  readonly shape: Shape;
  readonly xmlName?: string;
  readonly ec2QueryName?: string;
  readonly flattened: boolean;
}

export interface OperationShape {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
}

/** Finds an operation by name among everything a client package exports; there it is called `DescribeVpcs$`. */
export function findOperation(client: object, name: string): OperationShape | undefined {
  const schema: unknown = Object.hasOwn(client, `${name}$`) ? Reflect.get(client, `${name}$`) : undefined;
  if (!Array.isArray(schema) || schema[0] !== OPERATION) {
    return undefined;
  }
  return { name, input: openMember(schema[4]).shape, output: openMember(schema[5]).shape };
}

const LIST = 1;
const STRUCTURE = 3;
const OPERATION = 9;
/** Added to a scalar's number: a list of that scalar. */
const LIST_OF = 64;

const SCALARS = new Map<number, ScalarType>([
  [0, 'string'],
  [1, 'number'],
  [2, 'boolean'],
  [4, 'timestamp'],
  [5, 'timestamp'],
  [6, 'timestamp'],
  [7, 'timestamp'],
  [17, 'number'],
  [21, 'blob'],
]);

function openMember(reference: unknown): Member {
  const [target, traits] = isPair(reference) ? reference : [reference, undefined];
  return {
    get shape() {
      return openShape(target);
    },
    flattened: hasTrait(traits, 'xmlFlattened'),
    ...textTrait(traits, 'xmlName'),
    ...textTrait(traits, 'ec2QueryName'),
  };
}

/** `[target, traits]`, where a schema proper has five elements or more. */
function isPair(reference: unknown): reference is readonly [unknown, unknown] {
  return Array.isArray(reference) && reference.length === 2;
}

function openShape(target: unknown): Shape {
  if (typeof target === 'function') {
    return openShape(Reflect.apply(target, undefined, []));
  }
  return typeof target === 'number' ? openScalar(target) : openTuple(target);
}

function openScalar(code: number): Shape {
  if (code >= LIST_OF && code < 2 * LIST_OF) {
    return { kind: 'list', item: openMember(code - LIST_OF) };
  }
  const type = SCALARS.get(code);
  return type === undefined ? { kind: 'other' } : { kind: 'scalar', type };
}

const opened = new WeakMap<object, Shape>();

function openTuple(tuple: unknown): Shape {
  if (!Array.isArray(tuple)) {
    return { kind: 'other' };
  }
  const shape = opened.get(tuple) ?? openNamed(tuple);
  opened.set(tuple, shape);
  return shape;
}

function openNamed(tuple: readonly unknown[]): Shape {
  const [kind, , name, , first, second] = tuple;
  switch (kind) {
    case 0:
      return openShape(first);
    case LIST:
      return { kind: 'list', item: openMember(first) };
    case STRUCTURE:
      return { kind: 'structure', name: String(name), members: openMembers(first, second) };
    default:
      return { kind: 'other' };
  }
}

function openMembers(names: unknown, references: unknown): ReadonlyMap<string, Member> {
  if (!Array.isArray(names) || !Array.isArray(references)) {
    return new Map();
  }
  return new Map(names.map((name: unknown, index) => [String(name), openMember(references[index])]));
}

function hasTrait(traits: unknown, name: string): boolean {
  return typeof traits === 'object' && traits !== null && name in traits;
}

function textTrait<Name extends string>(traits: unknown, name: Name): { readonly [key in Name]?: string } {
  const value: unknown = typeof traits === 'object' && traits !== null ? Reflect.get(traits, name) : undefined;
  const found: { [key in Name]?: string } = {};
  if (typeof value === 'string') {
    found[name] = value;
  }
  return found;
}
