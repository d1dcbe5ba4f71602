import * as z from "zod";
import { LIMITS } from "../limits.ts";
import type { Schema } from "../schema.ts";
import { Name } from "../text.schema.ts";
import { HostId } from "./account.schema.ts";
import type * as plain from "./deck.ts";

export const DeckKind = z.enum(["markdown", "pdf"]) satisfies Schema<plain.DeckKind>;
export const DeckStatus = z.enum(["uploading", "ready"]) satisfies Schema<plain.DeckStatus>;

export const Deck = z.object({
  id: HostId,
  title: z.string(),
  kind: DeckKind,
  status: DeckStatus,
  pages: z.number().nullable(),
  bytes: z.number(),
  createdAt: z.number(),
}) satisfies Schema<plain.Deck>;
export type Deck = plain.Deck;

/** SHA-256, in hex. */
const Digest = z.string().regex(/^[\da-f]{64}$/, "a digest is 64 digits in hex");

export const NewDeck = z.object({
  title: Name,
  kind: DeckKind,
  bytes: z.number().int().min(1, "the file is empty"),
  pages: z.number().int().min(1).optional(),
  digest: Digest.optional(),
}) satisfies Schema<plain.NewDeck>;
export type NewDeck = plain.NewDeck;

export const DeckUpload = z.object({
  deck: Deck,
  partBytes: z.number(),
  parts: z.array(z.number()),
  files: z.array(z.string()),
  digest: Digest.optional(),
}) satisfies Schema<plain.DeckUpload>;
export type DeckUpload = plain.DeckUpload;

export const DeckAnswer = z.object({ deck: Deck }) satisfies Schema<plain.DeckAnswer>;
export const Decks = z.object({
  decks: z.array(Deck),
  cursor: z.string().optional(),
}) satisfies Schema<plain.Decks>;
export type Decks = plain.Decks;

export const DeckChange = z.object({ title: Name }) satisfies Schema<plain.DeckChange>;

/** What Markdown calls a picture that came along: a plain file name. */
export const DeckFileName = z
  .string()
  .regex(/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .-]*$/u, "a picture's name takes letters, digits, spaces and . _ -")
  .max(LIMITS.deckFileNameLength);

export const PublicDeck = z.object({
  id: HostId,
  title: z.string(),
  kind: DeckKind,
  pages: z.number(),
  isOwn: z.boolean(),
  html: z.string().optional(),
  url: z.string().optional(),
}) satisfies Schema<plain.PublicDeck>;
export type PublicDeck = plain.PublicDeck;
