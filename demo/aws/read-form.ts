import { assertNever } from '../../src/lang/exhaustive.ts';
import { ServiceError } from './service-error.ts';
import type { Member, Shape } from './shape.ts';
import type { JsonRecord } from './record.ts';

/** The two query protocols differ in how they name members and number lists. */
export type QueryDialect = 'ec2' | 'query';

/**
 * Reads `Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-0…` into the operation's input. A parameter that the operation
 * doesn't know is refused, as AWS refuses it.
 */
export function readForm(form: URLSearchParams, shape: Shape, dialect: QueryDialect): JsonRecord {
  const root = new FormNode();
  for (const [key, value] of form) {
    if (key !== 'Action' && key !== 'Version') {
      root.plant(key.split('.'), value);
    }
  }
  return readStructure(root, { shape, dialect, path: '' });
}

class FormNode {
  text: string | undefined;
  readonly children = new Map<string, FormNode>();

  plant(path: readonly string[], value: string): void {
    const [first, ...rest] = path;
    if (first === undefined) {
      this.text = value;
      return;
    }
    const child = this.children.get(first) ?? new FormNode();
    this.children.set(first, child);
    child.plant(rest, value);
  }
}

interface Place {
  readonly shape: Shape;
  readonly dialect: QueryDialect;
  readonly path: string;
}

function readStructure(node: FormNode, place: Place): JsonRecord {
  const members = place.shape.kind === 'structure' ? place.shape.members : new Map<string, Member>();
  const byKey = new Map([...members].map(([name, member]) => [formKey(name, member, place.dialect), { name, member }]));
  const entries = [...node.children].map(([key, child]): [string, unknown] => {
    const found = byKey.get(key);
    const path = `${place.path}${key}`;
    if (found === undefined) {
      throw new ServiceError('UnknownParameter', `The parameter ${path} is not recognized`);
    }
    return [found.name, readNode(child, { ...place, shape: found.member.shape, path: `${path}.` })];
  });
  return Object.fromEntries(entries);
}

function formKey(name: string, member: Member, dialect: QueryDialect): string {
  const key = member.xmlName ?? name;
  return dialect === 'ec2' ? (member.ec2QueryName ?? key.charAt(0).toUpperCase() + key.slice(1)) : key;
}

function readNode(node: FormNode, place: Place): unknown {
  switch (place.shape.kind) {
    case 'structure':
      return readStructure(node, place);
    case 'list':
      return readList(node, place, place.shape.item);
    case 'scalar':
      return readScalar(node.text ?? '', place.shape.type);
    case 'other':
      return node.text;
    default:
      return assertNever(place.shape);
  }
}

function readList(node: FormNode, place: Place, item: Member): readonly unknown[] {
  const numbered = place.dialect === 'ec2' ? node : (node.children.get(item.xmlName ?? 'member') ?? node);
  return [...numbered.children]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => readNode(child, { ...place, shape: item.shape }));
}

function readScalar(text: string, type: string): unknown {
  switch (type) {
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true';
    default:
      return text;
  }
}
