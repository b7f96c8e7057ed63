import * as z from 'zod';
import { parseAddress, type Address } from '../../net/address.ts';
import { parseCidr, type Cidr } from '../../net/cidr.ts';

/** A string that one of our own parsers takes. Anything else makes the item malformed. */
export function textOf<Value>(parse: (text: string) => Value | undefined): z.ZodType<Value, string> {
  return z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: 'not understood' });
    return z.NEVER;
  });
}

/** A list that AWS leaves out when it is empty; other tools write `null`. */
export function listOf<Item extends z.ZodType>(item: Item): z.ZodType<readonly z.output<Item>[]> {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}

export const addressField: z.ZodType<Address, string> = textOf(parseAddress);
export const cidrField: z.ZodType<Cidr, string> = textOf(parseCidr);

/** `Tags` or `TagSet`. */
export const tagList = listOf(z.object({ Key: z.string(), Value: z.string() }));

type Tags = z.output<typeof tagList>;

export function nameOf(tags: Tags): string | undefined {
  return tags.find((tag) => tag.Key === 'Name' && tag.Value !== '')?.Value;
}

/** The tags but `Name`; `undefined` where there are none. */
export function otherTagsOf(tags: Tags): ReadonlyMap<string, string> | undefined {
  const others = tags.filter(({ Key }) => Key !== 'Name').map(({ Key, Value }) => [Key, Value] as const);
  return others.length === 0 ? undefined : new Map(others);
}

/** Tags down to the `Name` tag. */
export const nameTag: z.ZodType<string | undefined> = tagList.transform(nameOf);

/** `enable` or `disable`. An option that AWS does not tell yet was made before it existed, and is not in use. */
export const enabledField: z.ZodType<boolean> = z
  .enum(['enable', 'disable'])
  .default('disable')
  .transform((word) => word === 'enable');

/** Attributes told as a list of keys and values, down to those that are switched on or off. */
export const switchesField: z.ZodType<ReadonlyMap<string, boolean>> = listOf(
  z.object({ Key: z.string(), Value: z.string().optional() }),
).transform(
  (attributes) =>
    new Map(
      attributes
        .filter(({ Value: value }) => value === 'true' || value === 'false')
        .map(({ Key: key, Value: value }) => [key, value === 'true']),
    ),
);
