import type * as z from "zod";

/**
 * A schema of a type of the protocol: what it parses is one, and where it is an object, it knows each of its fields,
 * the optional ones too. Each schema `satisfies` this, so that type and schema can't drift apart.
 */
export type Schema<T> = z.ZodType<T> & {
  readonly shape?: { readonly [Field in keyof T]-?: z.ZodType<T[Field]> };
};
