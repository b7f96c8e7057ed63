/** Version 1 may get further fields: whoever checks an answer must not trip over them. */
export function mayGrow({ jsonSchema }: { jsonSchema: { additionalProperties?: unknown } }): void {
  delete jsonSchema.additionalProperties;
}
