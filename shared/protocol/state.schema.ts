import * as z from "zod";
import type { Schema } from "./schema.ts";
import { Done } from "./session.schema.ts";
import type * as plain from "./state.ts";
import { Page, StateText } from "./text.schema.ts";

export const NewState = z.object({ page: Page, state: StateText }) satisfies Schema<plain.NewState>;
export type NewState = plain.NewState;

export const StateVersion = z.object({ version: z.number().int() }) satisfies Schema<plain.StateVersion>;
export type StateVersion = plain.StateVersion;

export const State = z.object({
  page: z.string(),
  state: z.string(),
  version: z.number().int(),
}) satisfies Schema<plain.State>;
export type State = plain.State;

export const StateView = State.extend({
  apiUrl: z.string(),
  webUiUrl: z.string(),
  wsUrl: z.string().optional(),
}) satisfies Schema<plain.StateView>;
export type StateView = plain.StateView;

export const SetStateAnswer = Done.extend(StateVersion.shape) satisfies Schema<plain.SetStateAnswer>;
export type SetStateAnswer = plain.SetStateAnswer;

export const StateAnswer = StateView.extend({
  token: z.string(),
  uid: z.string(),
}) satisfies Schema<plain.StateAnswer>;
export type StateAnswer = plain.StateAnswer;
