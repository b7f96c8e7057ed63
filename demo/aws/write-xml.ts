import { assertNever } from '../../src/lang/exhaustive.ts';
import { isRecord } from './record.ts';
import type { Member, Shape } from './shape.ts';

/** A whole body: declaration, root and namespace, as AWS sends them. */
export function xmlDocument(root: string, namespace: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${content}</${root}>`;
}

export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** Control characters travel as references: AWS strings may hold them, and a reader must cope. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\p{Cc}]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** Writes a value the way its schema says it will be read. Fields that the schema doesn't know are left out. */
export function writeContent(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'structure':
      return isRecord(value) ? [...shape.members].map((member) => writeMember(member, value)).join('') : '';
    case 'list':
      return writeItems(shape.item, shape.item.xmlName ?? 'member', value);
    case 'scalar':
      return escapeXml(writeScalar(value));
    case 'other':
      return '';
    default:
      return assertNever(shape);
  }
}

function writeMember([name, member]: readonly [string, Member], parent: Readonly<Record<string, unknown>>): string {
  const value = parent[name];
  const { shape } = member;
  if (value === undefined || value === null) {
    return '';
  }
  const tag = member.xmlName ?? name;
  return member.flattened && shape.kind === 'list'
    ? writeItems(shape.item, tag, value)
    : element(tag, writeContent(shape, value));
}

function writeItems(item: Member, tag: string, value: unknown): string {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((each) => element(tag, writeContent(item.shape, each))).join('');
}

function writeScalar(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
