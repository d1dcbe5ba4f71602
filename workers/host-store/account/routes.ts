import { Hono } from "hono";
import { signIns } from "./sign-ins.ts";

/** Accounts, and who is signed in to them. */
export const accounts = new Hono<{ Bindings: HostStoreEnv }>().route("/", signIns);
