import { DueTalks } from "../lib/host-talk.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import type { Keyring } from "./keyring.ts";
import { openSession } from "./open-session.ts";
import type { Stores } from "./stores.ts";
import { readSaved } from "./talk-session.ts";

/** The clock's part: opens the sessions of a few talks that are to open by now, as their decks would. */
export async function openDueTalks(stores: Stores, keyring: Keyring): Promise<void> {
  const { talks } = await readAnswer(DueTalks, await stores.hosts.talks.due.$post());
  for (const talk of talks) {
    // It has its turn again; the others need not wait for it.
    await openTalk(stores, keyring, talk).catch((error: unknown) =>
      logFailure("a talk's session was not opened; the clock tries again", error),
    );
  }
}

async function openTalk(
  stores: Stores,
  keyring: Keyring,
  { id, session, name, date, deck, origin, begun }: DueTalks["talks"][number],
): Promise<void> {
  const issue = { talk: id, id: begun.current.id };
  const facts = {
    ...{ name, date, apiUrl: origin, webUiUrl: `${origin}/join` },
    ...(deck !== null && { deckUrl: `${origin}/deck/${deck}` }),
  };
  const saved = await readSaved(stores, issue);
  await openSession(
    { stores, keyring },
    session,
    { restart: false, mustExist: false, ...saved, session: facts },
    { issue, begun },
  );
}
