/** A piece of a picture and the room it takes. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** SVG elements, without the `svg` around them. */
  readonly body: string;
}

/** An SVG element; numbers are rounded, texts escaped, `undefined` left out. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content?: string,
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? round(value) : escapeXml(value)}"`],
  );
  const start = `<${name}${written.join('')}`;
  return content === undefined ? `${start}/>` : `${start}>${content}</${name}>`;
}

/** https://www.w3.org/TR/xml/#syntax */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '').replaceAll(NOT_IN_XML, '\u{FFFD}');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** https://www.w3.org/TR/xml/#charsets */
const NOT_IN_XML = /[^\t\n\r -\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Moves a drawing to its place. */
export function placed({ body }: Drawing, { x, y }: { readonly x: number; readonly y: number }): string {
  return tag('g', { transform: `translate(${round(x)} ${round(y)})` }, body);
}
