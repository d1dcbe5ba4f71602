import { hc } from "hono/client";
import { createId } from "../lib/random.ts";
import { reach } from "../lib/reach.ts";
import type { RecapStore } from "../recap/index.ts";
import type { SessionStore } from "../session-store/index.ts";
import type { Bindings } from "./bindings.ts";

/** The Workers that flows hear of and act on: each call is a request of its own. */
export const askRoom = (env: Bindings, session: string) => {
  const fetch = reach(env.SESSION_STORE, createId());
  return {
    room: hc<SessionStore>("http://session-store", { fetch }).session[":session"],
    param: { session },
  };
};

export const askRecap = (env: Bindings, session: string) => {
  const fetch = reach(env.RECAP, createId());
  return { recap: hc<RecapStore>("http://recap", { fetch }).session[":session"], param: { session } };
};
