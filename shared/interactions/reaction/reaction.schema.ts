import * as z from "zod";
import type { Schema } from "../../protocol/schema.ts";
import { Page, Reaction, ReactionId } from "../../protocol/text.schema.ts";
import type * as plain from "./reaction.ts";

export const NewReaction = z.object({ page: Page, reaction: Reaction }) satisfies Schema<plain.NewReaction>;
export type NewReaction = plain.NewReaction;

export const IdentifiedReaction = NewReaction.extend({
  id: ReactionId,
}) satisfies Schema<plain.IdentifiedReaction>;
export type IdentifiedReaction = plain.IdentifiedReaction;
