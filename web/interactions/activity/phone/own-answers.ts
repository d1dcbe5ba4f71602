import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { AnswerValue } from "../../../../shared/interactions/activity/tally.ts";
import { getOwn, toRecord } from "../../../client/record.ts";
import type { OwnAnswer, RevintError, UserSession } from "../../../client/session.ts";
import { createStore } from "../../../ui/store.ts";
import type { ServiceClock } from "../service-clock.ts";

/** What was opened so long ago was not opened just now: it was open before, and may have been answered then. */
const OLD_MS = 10_000;

/** What one person has answered to one activity, in one round. */
export interface Own {
  /** What the service has kept, as far as is known. */
  readonly kept: AnswerValue | null;
  /** What is on its way to it; `undefined`: nothing is. */
  readonly sent: AnswerValue | null | undefined;
  /** Why the last one was not kept. */
  readonly refusedBy: RevintError["code"] | undefined;
}

const NOTHING: Own = { kept: null, sent: undefined, refusedBy: undefined };

/** The answer that stands, or will. */
export const getAnswer = ({ kept, sent }: Own): AnswerValue | undefined =>
  (sent === undefined ? kept : sent) ?? undefined;

interface Known {
  /** When the round was opened: names it. */
  readonly openedAt: number | undefined;
  readonly own: Own;
}

/** One person's answers: what they have sent, and what became of it. */
export class OwnAnswers {
  /** By activity, of the present round. */
  readonly answers = createStore<{ readonly all: Readonly<Record<string, Known>> }>({ all: toRecord([]) });
  readonly #session: UserSession;
  readonly #clock: ServiceClock;
  #isAsking = false;
  /** Whether something was answered from here before is not known. */
  #isUnsure: boolean;

  /** @param isUnsure what is asked was there before this page: it may have been answered from here */
  constructor(session: UserSession, clock: ServiceClock, isUnsure: boolean) {
    this.#session = session;
    this.#clock = clock;
    this.#isUnsure = isUnsure;
    session.on("activities", () => this.#followRounds());
    session.on("answered", (answer) => this.#keep(answer));
    session.on("answerRefused", ({ answer, error }) => this.#refuse(answer, error));
    session.on("connection", () => this.#askForMine());
    this.#followRounds();
    for (const { activity, value } of session.pendingAnswers) this.#set(activity, { sent: value });
    void this.#askForMine();
  }

  get({ id, openedAt }: LiveActivity): Own {
    const known = getOwn(this.answers.get().all, id);
    return known && known.openedAt === openedAt ? known.own : NOTHING;
  }

  send(activity: LiveActivity, value: AnswerValue | null): void {
    try {
      this.#session.answer(activity.id, value);
      this.#set(activity.id, { sent: value, refusedBy: undefined });
    } catch (error) {
      this.#set(activity.id, { sent: undefined, refusedBy: readCode(error) });
    }
  }

  /** One request, and not from everybody at once: only of those who have just come, or missed something. */
  async #askForMine(): Promise<void> {
    if (!this.#isUnsure || this.#isAsking || this.#session.connection === "connecting") return;
    this.#isAsking = true;
    const all = await this.#session.listActivities().catch(() => undefined);
    this.#isAsking = false;
    if (!all) return;
    this.#isUnsure = false;
    for (const { id, openedAt, mine } of all) {
      const known = getOwn(this.answers.get().all, id);
      if (mine !== undefined && known?.openedAt === openedAt && known?.own.kept === null)
        this.#set(id, { kept: mine });
    }
  }

  /** A round begins with nothing; one that was open before goes on. */
  #followRounds(): void {
    const { all } = this.answers.get();
    const rounds = this.#session.activities.filter(({ id, openedAt }) => {
      const known = getOwn(all, id);
      return !known || known.openedAt !== openedAt;
    });
    if (rounds.length === 0) return;
    const begun = rounds.map(({ id, openedAt }): [string, Known] => [id, { openedAt, own: NOTHING }]);
    this.answers.set({ all: toRecord([...Object.entries(all), ...begun]) });
    const isOld = ({ openedAt }: LiveActivity) =>
      openedAt !== undefined && this.#clock.now() - openedAt > OLD_MS;
    if (!rounds.some(isOld)) return;
    this.#isUnsure = true;
    void this.#askForMine();
  }

  #keep({ activity, round, value }: OwnAnswer): void {
    if (this.#isOfNow(activity, round))
      this.#set(activity, { kept: value, sent: undefined, refusedBy: undefined });
  }

  #refuse({ activity, round }: OwnAnswer, { code }: RevintError): void {
    if (this.#isOfNow(activity, round)) this.#set(activity, { sent: undefined, refusedBy: code });
    // Another window has answered: then that is what stands.
    if (code !== "answer_fixed") return;
    this.#isUnsure = true;
    void this.#askForMine();
  }

  #isOfNow(activity: string, round: number): boolean {
    return this.#session.activities.some((one) => one.id === activity && one.round === round);
  }

  #set(activity: string, change: Partial<Own>): void {
    const { all } = this.answers.get();
    const known = getOwn(all, activity);
    if (!known) return;
    const next: Known = { ...known, own: { ...known.own, ...change } };
    this.answers.set({ all: toRecord([...Object.entries(all), [activity, next]]) });
  }
}

const readCode = (error: unknown): RevintError["code"] =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "internal";
