import { compareAge, compareQuestions } from "../../../../shared/interactions/question/order.ts";
import type {
  Questions as Listed,
  LiveQuestion,
  QuestionSort,
} from "../../../../shared/interactions/question/question.ts";
import type { QuestionRow } from "../../../../shared/interactions/question/question-row.ts";
import { FOR, getVoteTopic } from "../../../../shared/interactions/question/topic.ts";
import { isPerson, type Role } from "../../../../shared/protocol/identity.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { Actor } from "../../../lib/actor.ts";
import { readQuestionCursor, writeQuestionCursor } from "../../../lib/question-cursor.ts";
import type { Totals } from "../../../lib/totals.ts";
import type { CoHostList } from "../../co-host-list.ts";
import { HostRights } from "../../host-rights.ts";
import { NOT_FOUND, NOT_PUBLIC, UNAVAILABLE } from "../../refusals.ts";
import type { SessionState } from "../../session-state.ts";
import type { QuestionBoard } from "./question-board.ts";
import { isOwn, isReadable, toLive } from "./stored-question.ts";

/** Which page of them somebody reads. */
export interface QuestionPage {
  readonly sort: QuestionSort;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
}

interface QuestionListOptions {
  readonly state: SessionState;
  readonly board: QuestionBoard;
  readonly coHosts: CoHostList;
  /** What is counted everywhere. */
  readonly counted: () => Totals;
  /** Resolves when this room knows that. Throws when it can't. */
  readonly becomeComplete: () => Promise<void>;
  /** What a participant has standing, by topic. Throws when the ledger does not answer. */
  readonly readStanding: (
    participant: string,
    topics: readonly string[],
  ) => Promise<Readonly<Record<string, string>>>;
}

/** The questions of a session, for whoever asks for them: as far as they are theirs to know, also after the end. */
export class QuestionList {
  readonly #options: QuestionListOptions;
  readonly #rights: HostRights;

  constructor(options: QuestionListOptions) {
    this.#options = options;
    this.#rights = new HostRights(options.state, options.coHosts);
  }

  /** A page of them, with what the caller has to do with each. */
  async read(participant: string, role: Role, { sort, cursor }: QuestionPage): Promise<Listed | Refusal> {
    const { readStanding, becomeComplete } = this.#options;
    const teller = this.#findRole(participant, role);
    try {
      await becomeComplete();
      const page = cut(this.#list(participant, teller), sort, cursor);
      const topics = page.questions.map(({ id }) => getVoteTopic(id));
      const isVoter = isPerson(participant) && topics.length > 0;
      const standing = isVoter ? await readStanding(participant, topics) : {};
      // As they are now: one may have been hidden while the ledger was asked.
      const now = new Map(this.#list(participant, teller).map((question) => [question.id, question]));
      return {
        questions: page.questions.flatMap(({ id }) => {
          const question = now.get(id);
          const voted = standing[getVoteTopic(id)] === FOR;
          return question ? { ...question, mine: question.mine === true, voted } : [];
        }),
        total: now.size,
        ...(page.cursor !== undefined && { cursor: page.cursor }),
      };
    } catch {
      return UNAVAILABLE;
    }
  }

  /** All of them, as rows of an export; users get them where the results are public. @param actor undefined for a user */
  async export(participant: string, actor: Actor | undefined): Promise<{ rows: QuestionRow[] } | Refusal> {
    const refusal = this.#refuseExport(participant, actor);
    if (refusal) return refusal;
    try {
      await this.#options.becomeComplete();
    } catch {
      return UNAVAILABLE;
    }
    // The host may have closed the results, or taken an invitation back, while this room asked for the votes.
    const refusalNow = this.#refuseExport(participant, actor);
    if (refusalNow) return refusalNow;
    const rows = this.#list(participant, actor ? "host" : "user")
      .sort((a, b) => compareAge(b, a))
      .map(({ id, at, text, name = "", status, votes, pinned, answer = "" }) => ({
        time: new Date(at).toISOString(),
        question: id,
        text,
        name,
        status,
        votes,
        pinned,
        answer,
      }));
    return { rows };
  }

  #refuseExport(participant: string, actor: Actor | undefined): Refusal | undefined {
    const { facts } = this.#options.state;
    if (!facts) return NOT_FOUND;
    if (actor) return this.#rights.refuseHost(actor, ["presenter", "moderator"]);
    return (
      this.#options.state.refuseName(participant) ?? (facts.rules.publicResults ? undefined : NOT_PUBLIC)
    );
  }

  /** Whose invitation was taken back reads what everybody may. */
  #findRole(participant: string, role: Role): Role {
    return role === "host" && !this.#options.coHosts.refuseRemoved(participant) ? "host" : "user";
  }

  #list(participant: string, role: Role): LiveQuestion[] {
    const { board, counted } = this.#options;
    const counts = counted();
    return board.all
      .filter((question) => isReadable(question, role, participant))
      .map((question) =>
        toLive(question, counts.get(getVoteTopic(question.id), FOR), role, isOwn(question, participant)),
      );
  }
}

function cut(
  all: readonly LiveQuestion[],
  sort: QuestionSort,
  cursor: string | undefined,
): { questions: readonly LiveQuestion[]; cursor?: string } {
  const compare = sort === "newest" ? compareAge : compareQuestions;
  const after = cursor === undefined ? undefined : readQuestionCursor(cursor);
  const left = all.filter((question) => !after || compare(question, after) > 0).sort(compare);
  const questions = left.slice(0, LIMITS.questionPage);
  const last = questions.at(-1);
  return { questions, ...(last && left.length > questions.length && { cursor: writeQuestionCursor(last) }) };
}
