import type * as z from "zod";
import type { ProblemCode } from "../../shared/protocol/problem.ts";

/**
 * What a middleware takes of a request, and with which codes it refuses one. Nobody reads it while requests are answered:
 * the description of the API is made of it (scripts/openapi.ts), so that it says what the code does.
 */
export interface Contract {
  /** What says who asks. An overlay's key goes where tokens go. */
  readonly needs?: readonly ("token" | "uid" | "account")[];
  /** Parts of the path, by their names. */
  readonly param?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: { readonly schema: z.ZodType; readonly maxSize: number };
  readonly problems?: readonly ProblemCode[];
}

const contracts = new WeakMap<object, Contract>();

/** Notes what a middleware promises, and hands it back; what was noted of it before stays, but for what is said anew. */
export function withContract<T extends object>(contract: Contract, middleware: T): T {
  contracts.set(middleware, { ...contracts.get(middleware), ...contract });
  return middleware;
}

/** What it promises; of most handlers nothing was noted. */
export const getContract = (middleware: object): Contract => contracts.get(middleware) ?? {};
