/** `undefined` for what is no JSON: the schema behind it will refuse that. */
export function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
