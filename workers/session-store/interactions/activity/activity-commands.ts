import { Definition, NewActivity } from "../../../../shared/interactions/activity/activity.schema.ts";
import type {
  Hiding,
  LiveActivity,
  StatusChange,
} from "../../../../shared/interactions/activity/activity.ts";
import { kinds } from "../../../../shared/interactions/activity/kinds/index.ts";
import { foldWord } from "../../../../shared/interactions/activity/kinds/words/words.ts";
import { PEOPLE } from "../../../../shared/interactions/activity/topic.ts";
import type { SavedActivities } from "../../../../shared/protocol/host/talk.ts";
import type { Role } from "../../../../shared/protocol/identity.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import { byteLength } from "../../../../shared/protocol/text.ts";
import type { Actor } from "../../../lib/actor.ts";
import type { ExportedRound } from "../../../lib/export-order.ts";
import type { Totals } from "../../../lib/totals.ts";
import type { CoHostList } from "../../co-host-list.ts";
import { HostRights } from "../../host-rights.ts";
import { NO_ACTIVITY, NOT_FOUND, NOT_PUBLIC } from "../../refusals.ts";
import type { SessionState } from "../../session-state.ts";
import type { ActivityBoard, BoardChange } from "./activity-board.ts";
import { findQuestion } from "./quiz-questions.ts";
import { getTopic, isRevealed, isShown, listTopics, type StoredActivity, toLive } from "./stored-activity.ts";

/** A text, as its number names it: it is of one of these rounds. */
export interface WrittenText {
  readonly topics: readonly string[];
  readonly number: number;
}

interface ActivityCommandsOptions {
  readonly state: SessionState;
  readonly coHosts: CoHostList;
  readonly board: ActivityBoard;
  /** What is counted everywhere. */
  readonly counted: () => Totals;
  /** Tells everybody, here and below, what has changed. It is kept by then. */
  readonly announce: (change: BoardChange) => void;
}

/**
 * What hosts do with activities: writing, opening, closing, revealing. Each command is one turn: it decides, keeps, and
 * tells, and nothing comes in between. Of the root alone.
 */
export class ActivityCommands {
  readonly #options: ActivityCommandsOptions;
  readonly #rights: HostRights;

  constructor(options: ActivityCommandsOptions) {
    this.#options = options;
    this.#rights = new HostRights(options.state, options.coHosts);
  }

  /**
   * Writes an activity. What was answered stays, unless the answers would mean something else then: that takes `clear`.
   * The root must know all counts by now.
   */
  write(actor: Actor, id: string, given: NewActivity): LiveActivity | Refusal {
    const refusal = this.#rights.refuseActor(actor, ["presenter"]);
    if (refusal) return refusal;
    const { board, announce } = this.#options;
    const known = board.get(id);
    const definition = toDefinition(given, known?.definition);
    const isSame = JSON.stringify(known?.definition) === JSON.stringify(definition);
    if (known && isSame && !given.clear) return toLive(known, "host");
    const isOther = known !== undefined && !hasSameMeaning(known.definition, definition);
    if (isOther && !given.clear && this.#hasAnswers(known)) {
      return {
        code: "conflict",
        detail: 'this activity has answers, which would mean something else then; "clear": true erases them',
      };
    }
    const full = this.#refuseSize(known, definition);
    if (full) return full;
    announce(board.write(id, definition, given.clear === true || isOther, Date.now()));
    return this.#read(id);
  }

  /** Drafts of a session that has just begun, as its host has saved them. */
  begin(saved: SavedActivities["activities"]): void {
    const { board, announce } = this.#options;
    for (const { id, ...definition } of saved) announce(board.write(id, definition, false, Date.now()));
  }

  /**
   * Whether answers would be lost with it, where there are any: all rooms count anew before that is decided, since what
   * was acknowledged a moment ago is in no sum yet.
   */
  mayLose(actor: Actor, id: string, given: NewActivity): boolean {
    if (this.#rights.refuseActor(actor, ["presenter"])) return false;
    const known = this.#options.board.get(id);
    if (!known || given.clear || known.rounds.length === 0) return false;
    return !hasSameMeaning(known.definition, toDefinition(given, known.definition));
  }

  /** Takes an activity away, and its answers. */
  remove(actor: Actor, id: string): Refusal | null {
    const { board, announce } = this.#options;
    const refusal =
      this.#rights.refuseActor(actor, ["presenter"]) ?? (board.get(id) ? undefined : NO_ACTIVITY);
    if (refusal) return refusal;
    announce(board.remove(id, Date.now()));
    return null;
  }

  /** Opens, closes or reveals an activity. Safe to repeat, but for a new round. */
  setStatus(actor: Actor, id: string, change: StatusChange): LiveActivity | Refusal {
    const refusal = this.#rights.refuseActor(actor, ["presenter"]) ?? this.#refuseDriver(actor);
    if (refusal) return refusal;
    const { board, announce } = this.#options;
    const activity = board.get(id);
    if (!activity) return NO_ACTIVITY;
    if (change.status === "closed" && activity.status === "draft") {
      return { code: "conflict", detail: "this activity was never opened" };
    }
    const open = board.all.filter(({ status }) => status === "open");
    if (change.status === "open" && activity.status !== "open" && open.length >= LIMITS.openActivities) {
      return {
        code: "too_many_activities",
        detail: `up to ${LIMITS.openActivities} are open at once; close one first`,
      };
    }
    if (isNews(activity, change)) announce(board.setStatus(activity, change, Date.now()));
    return this.#read(id);
  }

  /** Takes a word, or a text by its number, out of what is shown, or puts it back; also after the end: the results are still read. */
  hide(actor: Actor, id: string, hiding: Hiding): Refusal | null {
    const { board, announce } = this.#options;
    const found = this.#findHidden(actor, id, hiding);
    if ("code" in found) return found;
    const { activity, hidden } = found;
    if (activity.hidden.includes(hidden) !== hiding.hidden) {
      announce(board.setHidden(activity, hidden, hiding.hidden, Date.now()));
    }
    return null;
  }

  /** The text whose author a host blocks, or lets in again, before it is hidden: a hiding that is refused blocks nobody. */
  findWritten(actor: Actor, id: string, hiding: Hiding): WrittenText | Refusal {
    const refusal = this.#rights.refuseActor(actor, ["moderator"]);
    if (refusal) return refusal;
    const found = this.#findHidden(actor, id, hiding);
    if ("code" in found) return found;
    const { number } = hiding;
    if (number === undefined) return { code: "invalid_request", detail: "block: a word has many authors" };
    return { topics: listTopics(found.activity), number };
  }

  /** A round whose texts somebody wants to read, and which of them are not shown. @param actor undefined for a user */
  findTexts(
    actor: Actor | undefined,
    user: string | undefined,
    id: string,
    asked: number | undefined,
  ): { topic: string; hidden: readonly string[] } | Refusal {
    const { state, board } = this.#options;
    if (!state.facts) return NOT_FOUND;
    const refusal = actor
      ? this.#rights.refuseHost(actor, ["presenter", "moderator"])
      : (state.refuseName(user) ?? (state.facts.rules.publicResults ? undefined : NOT_PUBLIC));
    if (refusal) return refusal;
    const activity = board.get(id);
    if (!activity || (!actor && activity.status === "draft")) return NO_ACTIVITY;
    if (activity.definition.kind !== "text") {
      return { code: "invalid_request", detail: "only the answers to a text activity are listed" };
    }
    const round = activity.rounds[(asked ?? activity.rounds.length) - 1];
    if (!round) return { code: "invalid_request", detail: `round: there are ${activity.rounds.length}` };
    if (!actor && !round.isRevealed) return NOT_PUBLIC;
    return { topic: getTopic(activity, round), hidden: activity.hidden };
  }

  /** The rounds that somebody may export, and what is not shown of each. */
  listRounds(role: Role): ExportedRound[] {
    return this.#options.board.all.flatMap((activity) =>
      activity.rounds.flatMap((round, index) => {
        if (!isShown(activity, index, role)) return [];
        // Texts are for whom the host has shown them to, here as well as in their list.
        const isText = activity.definition.kind === "text";
        if (role === "user" && isText && (!round.isRevealed || activity.hidden.length > 0)) return [];
        const hidden = role === "user" ? activity.hidden : [];
        const topic = getTopic(activity, round);
        const question = findQuestion(activity);
        const exported = { topic, activity: activity.id, round: index + 1, hidden: [...hidden] };
        return [question?.topic === topic ? { ...exported, question: question.definition } : exported];
      }),
    );
  }

  #findHidden(
    actor: Actor,
    id: string,
    { value, number, hidden: isHidden }: Hiding,
  ): { activity: StoredActivity; hidden: string } | Refusal {
    const { state, board } = this.#options;
    if (!state.facts) return NOT_FOUND;
    const refusal = this.#rights.refuseHost(actor, ["moderator"]);
    if (refusal) return refusal;
    const activity = board.get(id);
    if (!activity) return NO_ACTIVITY;
    const { kind } = activity.definition;
    if (kind !== (value === undefined ? "text" : "words")) {
      return { code: "invalid_request", detail: "a word is hidden by its value, a text by its number" };
    }
    const hidden = value === undefined ? `${number}` : foldWord(value);
    if (isHidden && !activity.hidden.includes(hidden) && activity.hidden.length >= LIMITS.openKeys) {
      return { code: "invalid_request", detail: `up to ${LIMITS.openKeys} of one activity can be hidden` };
    }
    return { activity, hidden };
  }

  /** A co-host opens what goes with the slides that they show; the host always may. */
  #refuseDriver(actor: Actor): Refusal | undefined {
    return actor.role === "host" ? undefined : this.#rights.refuseDriver(actor);
  }

  #read(id: string): LiveActivity | Refusal {
    const activity = this.#options.board.get(id);
    return activity ? toLive(activity, "host") : NO_ACTIVITY;
  }

  #hasAnswers(activity: StoredActivity): boolean {
    const counts = this.#options.counted();
    return listTopics(activity).some((topic) => counts.get(topic, PEOPLE) > 0);
  }

  #refuseSize(known: StoredActivity | undefined, definition: Definition): Refusal | undefined {
    const { board } = this.#options;
    const sizeOf = (given: Definition) => byteLength(JSON.stringify(given));
    const bytes = board.bytes - (known ? sizeOf(known.definition) : 0) + sizeOf(definition);
    const count = board.all.length + (known ? 0 : 1);
    if (count <= LIMITS.activities && bytes <= LIMITS.activityBytes) return undefined;
    return {
      code: "too_many_activities",
      detail: `a session keeps up to ${LIMITS.activities} activities, of ${LIMITS.activityBytes / 1024} KB in all`,
    };
  }
}

/** What is right stays as it was where nothing is said of it, as far as it can still be right. */
function toDefinition(given: NewActivity, known: Definition | undefined): Definition {
  const before = known && "correct" in known ? known.correct : undefined;
  const after = "correct" in given && given.correct !== undefined ? given.correct : before;
  const asked = { ...given, correct: after ?? undefined };
  return Definition.parse(NewActivity.safeParse(asked).success ? asked : { ...asked, correct: undefined });
}

function hasSameMeaning(before: Definition, after: Definition): boolean {
  if (before.kind !== after.kind) return false;
  const { getMeaning } = kinds[after.kind];
  return JSON.stringify(getMeaning(before)) === JSON.stringify(getMeaning(after));
}

/** Whether an activity would be another one with it. */
function isNews(activity: StoredActivity, { status, revealed, seconds, newRound }: StatusChange): boolean {
  return (
    status !== activity.status ||
    (revealed !== undefined && revealed !== isRevealed(activity)) ||
    (status === "open" && (seconds !== undefined || newRound === true))
  );
}
