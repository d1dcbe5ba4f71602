import type {
  LiveQuestion,
  NewQuestion,
  QuestionChange,
} from "../../../../shared/interactions/question/question.ts";
import { isPerson } from "../../../../shared/protocol/identity.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { Actor } from "../../../lib/actor.ts";
import type { CoHostList } from "../../co-host-list.ts";
import { HostRights } from "../../host-rights.ts";
import { BLOCKED, ENDED, NO_QUESTION, NOT_FOUND, QUESTIONS_OFF, UNAVAILABLE } from "../../refusals.ts";
import type { SessionState } from "../../session-state.ts";
import { applyChange, type QuestionBoard, type QuestionsChange } from "./question-board.ts";
import { isOwn, isPublic, type StoredQuestion, toLive } from "./stored-question.ts";

/** A new question, with the id under which its author asks it once. */
export interface IdentifiedQuestion extends NewQuestion {
  readonly id: string;
}

interface QuestionCommandsOptions {
  readonly state: SessionState;
  readonly coHosts: CoHostList;
  readonly board: QuestionBoard;
  /** What somebody is called, as far as it is shown. */
  readonly findName: (participant: string) => string | undefined;
  /** How many want a question answered; undefined while a room has yet to say. */
  readonly countVotes: (question: string) => number | undefined;
  /** Tells everybody, here and below, what has changed. It is kept by then. */
  readonly announce: (change: QuestionsChange) => void;
}

/**
 * What people and hosts do with questions: asking, withdrawing, publishing, answering. Each command is one turn: it
 * decides, keeps, and tells, and nothing comes in between. Of the root alone.
 */
export class QuestionCommands {
  readonly #options: QuestionCommandsOptions;
  readonly #rights: HostRights;

  constructor(options: QuestionCommandsOptions) {
    this.#options = options;
    this.#rights = new HostRights(options.state, options.coHosts);
  }

  /** Keeps a question. The same one again, under the same id, is the same question, whatever is taken by now. */
  ask(participant: string, asked: IdentifiedQuestion): LiveQuestion | Refusal {
    const { board, announce } = this.#options;
    const stranger = this.#refuseStranger(participant);
    if (stranger) return stranger;
    const known = board.all.find((each) => isOwn(each, participant) && each.request === asked.id);
    if (known && known.text !== asked.text) {
      return { code: "conflict", detail: "you have asked something else under this id" };
    }
    if (known) return this.#read(known.id, "user");
    const refusal = this.#refuseAsking(participant) ?? this.#refuseAnother(participant);
    if (refusal) return refusal;
    const { facts } = this.#options.state;
    const name = asked.name && this.#options.findName(participant);
    if (asked.name && name === undefined) {
      return { code: "invalid_request", detail: "name: you have none that is shown here; ask without" };
    }
    const status = facts?.rules.questions === "moderated" ? "pending" : "published";
    const question = { author: participant, request: asked.id, text: asked.text, name, status } as const;
    const expendable = board.size < LIMITS.questions ? undefined : this.#findExpendable();
    if (expendable) announce(board.remove(expendable.id, Date.now()));
    const change = board.add(question, Date.now());
    announce(change);
    const [added] = change.changed;
    return added ? toLive(added, 0, "user", true) : NO_QUESTION;
  }

  /** Takes a question away, for whoever asked it, as long as nobody has answered it. */
  withdraw(participant: string, id: string): Refusal | null {
    const { board, announce } = this.#options;
    const stranger = this.#refuseStranger(participant);
    if (stranger) return stranger;
    const question = board.get(id);
    if (!question || !isOwn(question, participant)) return NO_QUESTION;
    if (question.status === "answered") {
      return { code: "question_fixed", detail: "it was answered, and stays" };
    }
    announce(board.remove(id, Date.now()));
    return null;
  }

  /** Whom a host blocks for a question, or lets in again, before the rest of the change: one that is refused blocks nobody. */
  findAuthor(actor: Actor, id: string, change: QuestionChange): { author: string } | Refusal {
    const refusal = this.#rights.refuseActor(actor, ["moderator"]);
    if (refusal) return refusal;
    const question = this.#options.board.get(id);
    if (!question) return NO_QUESTION;
    const detail = this.#findMistake(question, change);
    if (detail !== undefined) return { code: "invalid_request", detail };
    const { author } = question;
    return author === undefined
      ? { code: "invalid_request", detail: "block: whoever asked this is forgotten" }
      : { author };
  }

  /**
   * Publishes, hides, pins, answers or merges a question; also after the end. Safe to repeat.
   * @returns `unavailable`, though it is done, while nobody knows how many votes it has
   */
  change(actor: Actor, id: string, given: QuestionChange): LiveQuestion | Refusal {
    const { state, board, announce } = this.#options;
    if (!state.facts) return NOT_FOUND;
    const refusal = this.#rights.refuseHost(actor, ["moderator"]);
    if (refusal) return refusal;
    const question = board.get(id);
    if (!question) return NO_QUESTION;
    const { block: _, ...change } = given;
    const detail = this.#findMistake(question, change);
    if (detail !== undefined) return { code: "invalid_request", detail };
    announce(board.set(question, change, Date.now()));
    return this.#read(id, "host");
  }

  /** What can't be meant with a change. */
  #findMistake(question: StoredQuestion, change: Omit<QuestionChange, "block">): string | undefined {
    const { status, pinned, answer, mergedInto } = change;
    if (typeof answer === "string" && (status ?? "answered") !== "answered") {
      return "status: with an answer in writing the question is answered";
    }
    if (mergedInto !== undefined) {
      if ((status ?? "hidden") !== "hidden") return "status: what is merged into another question is hidden";
      if (typeof answer === "string") return "answer: what is merged into another question is hidden";
      if (mergedInto === question.id) return "mergedInto: this is the question itself";
      const target = this.#options.board.get(mergedInto);
      if (!target) return "mergedInto: there is no such question";
      if (target.isExcluded || target.status === "hidden") return "mergedInto: that question is hidden";
    }
    if (pinned && !isPublic(applyChange(question, change))) {
      return "pinned: only a question that everybody may read is pinned";
    }
    return undefined;
  }

  #refuseStranger(participant: string): Refusal | undefined {
    const { state } = this.#options;
    if (!state.facts) return NOT_FOUND;
    if (!isPerson(participant)) {
      return { code: "not_participant", detail: "only the audience asks; join as a user" };
    }
    return state.refuseName(participant);
  }

  #refuseAsking(participant: string): Refusal | undefined {
    const { facts } = this.#options.state;
    if (!facts) return NOT_FOUND;
    if (facts.endedAt !== null) return ENDED;
    if (facts.blocked.includes(participant)) return BLOCKED;
    return facts.rules.questions === "off" ? QUESTIONS_OFF : undefined;
  }

  /** What a moderator hides goes on being one of them, so that nobody fills the queue; what is merged does not. */
  #refuseAnother(participant: string): Refusal | undefined {
    const { board } = this.#options;
    const waiting = board.all.filter(
      (each) => isOwn(each, participant) && each.status !== "answered" && each.mergedInto === undefined,
    );
    if (waiting.length >= LIMITS.questionsPerPerson) {
      const detail = `up to ${LIMITS.questionsPerPerson} of yours wait for an answer; withdraw one first`;
      return { code: "too_many_questions", detail };
    }
    if (board.size < LIMITS.questions || this.#findExpendable()) return undefined;
    return { code: "too_many_questions", detail: `a session keeps up to ${LIMITS.questions} questions` };
  }

  /** What makes room where there is none: the oldest question that was hidden. So hosts can make room by hiding. */
  #findExpendable(): StoredQuestion | undefined {
    const hidden = this.#options.board.all.filter(
      ({ status, isExcluded }) => isExcluded || status === "hidden",
    );
    return hidden.reduce<StoredQuestion | undefined>(
      (oldest, each) => (oldest && oldest.at <= each.at ? oldest : each),
      undefined,
    );
  }

  /** @param role "user" for its author */
  #read(id: string, role: "host" | "user"): LiveQuestion | Refusal {
    const question = this.#options.board.get(id);
    if (!question) return NO_QUESTION;
    const votes = this.#options.countVotes(id);
    return votes === undefined ? UNAVAILABLE : toLive(question, votes, role, role === "user");
  }
}
