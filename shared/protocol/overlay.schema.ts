import * as z from "zod";
import { OverlayKey, Participant } from "./identity.schema.ts";
import type * as plain from "./overlay.ts";
import type { Schema } from "./schema.ts";
import { Name } from "./text.schema.ts";

export const Overlay = z.object({
  participant: Participant,
  name: Name.optional(),
  madeAt: z.number(),
}) satisfies Schema<plain.Overlay>;
export type Overlay = plain.Overlay;

export const Overlays = z.object({ overlays: z.array(Overlay) }) satisfies Schema<plain.Overlays>;
export type Overlays = plain.Overlays;

export const NewOverlay = z.object({ name: Name.optional() }) satisfies Schema<plain.NewOverlay>;
export type NewOverlay = plain.NewOverlay;

export const OverlayAnswer = Overlay.extend({ key: OverlayKey }) satisfies Schema<plain.OverlayAnswer>;
export type OverlayAnswer = plain.OverlayAnswer;
