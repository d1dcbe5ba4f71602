import { env } from "cloudflare:workers";
import { createParticipant } from "../../shared/protocol/identity.ts";
import type { Batch } from "../lib/ledger.ts";

export const SESSION = "abcdefghijklmnopqr";
let ledgers = 0;

/** A ledger of its own for each test. */
export function open() {
  const name = `${SESSION}.${++ledgers}`;
  const stub = () => env.REACTION_LEDGER.getByName(name);
  return { name, stub, append: (batch: Batch) => stub().append(batch) };
}

export const participant = (number: number) => createParticipant("user", 0, String(number).padStart(16, "0"));

export const reaction = (by: number, id: string, page = "1", text = "x") => ({
  participant: participant(by),
  id,
  page,
  reaction: text,
});
