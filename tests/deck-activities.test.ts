import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { joinSession, type UserSession } from "../web/client/index.ts";
import { hasSetState, photograph, setScene, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { type DeckOptions, type RevealVersion, serveDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => {
  ({ revint, visit } = scene);
});
const decks = serveDecks(() => revint.url);

const WINDOW = { viewport: { width: 1280, height: 720 } };

/** A slide for every kind, as its author writes it. */
const SLIDES = `
  <section><h2>Welcome</h2></section>
  <section>
    <h2>Which runtime do you use?</h2>
    <ul data-revint-choice="runtime" data-revint-multiple="2" data-revint-show="live">
      <li>Workers</li> <li>Node</li> <li>Deno</li>
    </ul>
  </section>
  <section>
    <h2>What does 0.1 + 0.2 make?</h2>
    <ol data-revint-choice="quiz">
      <li>0.3</li> <li data-revint-correct>0.30000000000000004</li> <li>It depends</li>
    </ol>
    <p class="fragment" data-revint-reveal>It is how computers count.</p>
  </section>
  <section><h2>Too fast?</h2>
    <div data-revint-scale="pace" data-revint-from="too slow" data-revint-to="too fast" data-revint-show="live"></div>
  </section>
  <section><h2>How many moons has Saturn?</h2>
    <div data-revint-number="moons" data-revint-min="0" data-revint-correct="270..280" data-revint-show="live"></div>
  </section>
  <section><div data-revint-words="first-thought" data-revint-prompt="One word for today" data-revint-multiple="3" data-revint-show="live"></div></section>
  <section><h2>What should we do next?</h2><div data-revint-text="wish" data-revint-show="live"></div></section>
  <section><h2>What comes first?</h2>
    <ol data-revint-order="steps" data-revint-show="live"><li>Measure</li> <li>Guess</li> <li>Fix</li></ol>
  </section>
  <section><h2>Thanks</h2></section>`;

/** A deck that leads, and people who answer. */
async function holdTalk(parts: Partial<DeckOptions> = {}, people = 3, size: object = WINDOW) {
  decks.put("/deck", { slides: SLIDES, ...parts });
  const token = await revint.sign();
  const deck = await visit.open(`${decks.url}/deck#token=${token}`, size);
  await hasSetState(deck);
  const info = await deck.evaluate<Record<"sessionUid" | "hostUid", string>>(
    "Reveal.getPlugin('revint').session.info",
  );
  const { sessionUid, hostUid } = info;
  const audience = Array.from({ length: people }, () =>
    joinSession(sessionUid, { apiUrl: revint.url, storage: null }),
  );
  await Promise.all(audience.map(({ ready }) => ready));
  return { deck, token, sessionUid, hostUid, audience };
}

/** Waits until somebody knows of an activity that stands like this. */
const until = (person: UserSession, id: string, status: string): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (person.activities.some((activity) => activity.id === id && activity.status === status)) resolve();
    };
    person.on("activities", look);
    look();
  });

/** All answer, each with their own value. */
async function answer(
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

const goTo = (deck: Page, h: number): Promise<unknown> => deck.evaluate(`Reveal.slide(${h})`);
const drawing = (deck: Page) => deck.locator("section.present [data-revint-drawn] .result");

describe.each<RevealVersion>(["reveal6", "reveal5"])("with %s, a deck of every kind", (version) => {
  test("leads: every slide opens its activity, and draws what people answer in its place", async () => {
    const { deck, audience, sessionUid } = await holdTalk({ version });
    const follower = await visit.open(`${decks.url}/deck?session=${sessionUid}`, WINDOW);
    const rounds: readonly [id: string, values: readonly (string[] | number | string)[]][] = [
      ["runtime", [["1"], ["1", "2"], ["3"]]],
      ["quiz", [["1"], ["2"], ["2"]]],
      ["pace", [3, 4, 4]],
      ["moons", [146, 274, 12]],
      ["first-thought", [["curious", "tired"], ["Curious!"], ["好奇"]]],
      ["wish", ["More of it", "A break", "Lunch"]],
      [
        "steps",
        [
          ["1", "2", "3"],
          ["2", "1", "3"],
          ["1", "3", "2"],
        ],
      ],
    ];
    for (const [index, [id, values]] of rounds.entries()) {
      await goTo(deck, index + 1);
      await answer(audience, id, ...values);
      if (id === "quiz") {
        await drawing(deck).getByText("people have answered").waitFor();
        await photograph(deck, `activity-${id}-${version}-hidden`);
        expect(await deck.locator("section.present ol").isVisible()).toBe(true);
        // A fragment reveals it.
        await deck.keyboard.press("ArrowRight");
      }
      for (const page of [deck, follower]) {
        await expect.poll(() => drawing(page).textContent()).toMatch(/3 ?people/);
        await photograph(page, `activity-${id}-${version}-${page === deck ? "leads" : "follows"}`);
      }
      if (index > 0)
        await Promise.all(audience.map((person) => until(person, rounds[index - 1]?.[0] ?? "", "closed")));
    }
    for (const person of audience) person.close();
    expect(visit.complaints.filter((each) => !each.startsWith("foreign"))).toEqual([]);
  });
});
