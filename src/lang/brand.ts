declare const brand: unique symbol;

/** A value that only its parser can make: `Brand<string, 'VpcId'>` is a string that was checked. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
