import type { Browser, Page } from "playwright-core";
import { joinSession, type UserSession } from "../web/client/index.ts";
import { hasSetState, type Scene, setScene, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { type DeckOptions, type ServedDecks, serveDecks } from "./served-decks.ts";

/** What a test of decks that ask something works with. */
export interface AskingScene extends Scene {
  readonly decks: ServedDecks;
  /** A deck of these slides that leads, and people who answer. */
  holdTalk(parts: DeckOptions, people?: number): Promise<Talk>;
  lead(address: string, people: number, options?: object): Promise<Talk>;
}

interface Talk {
  readonly deck: Page;
  readonly token: string;
  readonly sessionUid: string;
  readonly hostUid: string;
  readonly audience: readonly UserSession[];
}

export const WINDOW = { viewport: { width: 1280, height: 720 } };

/** Sets the scene for every test of a file; call it at its top. */
export function setAskingScene(adopt: (scene: AskingScene) => void): void {
  let revint: Deployment;
  let visit: Visit;
  let browser: Browser;
  const decks = serveDecks(() => revint.url);
  const holdTalk = async (parts: DeckOptions, people = 3) => {
    decks.put("/deck", parts);
    return lead(`${decks.url}/deck`, people);
  };
  const lead = async (address: string, people: number, options: object = WINDOW) => {
    const token = await revint.sign();
    const deck = await visit.open(`${address}#token=${token}`, options);
    await hasSetState(deck);
    const { sessionUid, hostUid } = await deck.evaluate<Record<"sessionUid" | "hostUid", string>>(
      "Reveal.getPlugin('revint').session.info",
    );
    const audience = Array.from({ length: people }, () =>
      joinSession(sessionUid, { apiUrl: revint.url, storage: null }),
    );
    await Promise.all(audience.map(({ ready }) => ready));
    return { deck, token, sessionUid, hostUid, audience };
  };
  setScene((scene) => {
    ({ revint, visit, browser } = scene);
    adopt({ revint, visit, browser, decks, holdTalk, lead });
  });
}

/** Waits until somebody knows of an activity that stands like this; in this round, where one is named. */
export const until = (person: UserSession, id: string, status: string, round?: number): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      const known = person.activities.find((activity) => activity.id === id);
      if (known?.status === status && (round === undefined || known.round === round)) resolve();
    };
    person.on("activities", look);
    look();
  });

/** All answer, each with their own value. */
export async function answer(
  audience: readonly UserSession[],
  id: string,
  ...values: readonly (string[] | number | string)[]
) {
  await Promise.all(
    audience.map(async (person, index) => {
      await until(person, id, "open");
      const isKept = new Promise<void>((resolve, reject) => {
        person.on("answered", ({ activity }) => activity === id && resolve());
        person.on("answerRefused", ({ error }) => reject(error));
      });
      person.answer(id, values[index % values.length] ?? "");
      await isKept;
    }),
  );
}

export const goTo = (deck: Page, h: number, v = 0): Promise<unknown> =>
  deck.evaluate(`Reveal.slide(${h}, ${v})`);
/** What is drawn on the slide that is shown. */
export const drawing = (deck: Page) =>
  deck.locator("section.present:not(.stack) [data-revint-drawn] .result");
