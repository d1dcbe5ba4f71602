import type {
  FlowAction,
  FlowActivityStatus,
  FlowCondition,
  FlowTrigger,
  NewFlow,
} from "../../../shared/protocol/flow.ts";
import type { FlowRecipe } from "../../../shared/protocol/flow-recipes.ts";
import { namePage } from "../../../shared/protocol/page-name.ts";
import { plural } from "./plural.ts";

/** What a flow's activities are called where somebody reads of them. */
type NameActivity = (id: string) => string;

const quote: NameActivity = (text) => `“${text}”`;

/**
 * What a flow does, in a sentence: "When 80% of the people have answered “pace”: close “pace”, and tell chat.example.org."
 * Of a webhook's address only the host is told: the rest of it often is a key.
 * @param nameActivity what is asked, say, in place of its id
 */
function describeFlow(flow: Pick<NewFlow, "on" | "if" | "do">, nameActivity = quote): string {
  const conditions = flow.if.map((condition) => describeCondition(condition, nameActivity));
  const actions = flow.do.map((action) => describeAction(action, nameActivity));
  const only = conditions.length > 0 ? `, if ${join(conditions)}` : "";
  return `${describeTrigger(flow.on, nameActivity)}${only}: ${join(actions)}.`;
}

const join = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;

/** "When …", "At …" or "Every …". */
function describeTrigger(on: FlowTrigger, nameActivity = quote): string {
  switch (on.event) {
    case "reactions": {
      const what =
        on.reaction === undefined
          ? plural(on.atLeast, "reaction", "reactions")
          : `${on.atLeast} × ${on.reaction}`;
      const where = on.page === undefined ? "" : ` on slide ${namePage(on.page)}`;
      const within = on.within === undefined ? "" : ` within ${plural(on.within, "second", "seconds")}`;
      const verb = on.atLeast === 1 ? "comes" : "come";
      return `${when(on.again)} ${what} ${verb}${where}${within}`;
    }
    case "page":
      return on.page === undefined
        ? "Whenever a slide is shown"
        : `Whenever slide ${namePage(on.page)} is shown`;
    case "activity":
      return `Whenever ${on.activity === undefined ? "an activity" : nameActivity(on.activity)} ${BECOMES[on.status]}`;
    case "answers": {
      const who = on.share === 1 ? "everyone has" : `${percent(on.share)} of the people have`;
      return `${when(on.again)} ${who} answered ${on.activity === undefined ? "an activity" : nameActivity(on.activity)}`;
    }
    case "question":
      return on.votes === undefined
        ? "Whenever somebody asks a question"
        : `Whenever a question has ${plural(on.votes, "vote", "votes")}`;
    case "people":
      return "atLeast" in on
        ? `${when(on.again)} ${plural(on.atLeast, "person is", "people are")} there`
        : `${when(on.again)} fewer than ${plural(on.below, "person is", "people are")} there`;
    case "ended":
      return "When the session has ended";
    case "recap":
      return "When the recap is ready";
    case "schedule":
      return describeSchedule(on);
    case "http":
      return "Whenever its hook is called";
    case "queue":
      return `Whenever a message about ${quote(on.topic)} comes by the queue`;
  }
}

const when = (again: true | undefined) => (again ? "Each time" : "When");

const BECOMES: Record<FlowActivityStatus, string> = {
  open: "opens",
  closed: "closes",
  revealed: "is revealed",
};

const percent = (share: number) => share.toLocaleString("en", { style: "percent", maximumFractionDigits: 1 });

function describeSchedule(on: Extract<FlowTrigger, { event: "schedule" }>): string {
  if ("every" in on)
    return on.every === 1 ? "Every minute" : `Every ${plural(on.every, "minute", "minutes")}`;
  if ("minutes" in on && on.from === "start") return describeFromStart(on.minutes);
  if ("minutes" in on) {
    return on.minutes === 0
      ? "When the session begins"
      : `${plural(on.minutes, "minute", "minutes")} after the session began`;
  }
  const shown = new Date(`${on.at}:00Z`);
  const day = shown.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  return `On ${day} at ${on.at.slice(-5)} (${on.zone.replaceAll("_", " ")})`;
}

function describeFromStart(minutes: number): string {
  if (minutes === 0) return "When the talk starts";
  const span = plural(Math.abs(minutes), "minute", "minutes");
  return `${span} ${minutes < 0 ? "before" : "after"} the talk starts`;
}

function describeCondition(condition: FlowCondition, nameActivity = quote): string {
  if ("people" in condition) {
    const { atLeast, below } = condition.people;
    return below === undefined
      ? `at least ${plural(atLeast ?? 0, "person is", "people are")} there`
      : `fewer than ${plural(below, "person is", "people are")} there`;
  }
  if ("page" in condition) return `slide ${namePage(condition.page)} is shown`;
  return `${nameActivity(condition.activity)} is ${condition.status}`;
}

const DOES: Record<FlowActivityStatus, string> = { open: "open", closed: "close", revealed: "reveal" };

/** Begins in lower case: it stands within a sentence. */
function describeAction(action: FlowAction, nameActivity = quote): string {
  switch (action.do) {
    case "activity": {
      const name = nameActivity(action.activity);
      const { seconds } = action;
      return `${DOES[action.status]} ${name}${seconds === undefined ? "" : ` for ${plural(seconds, "second", "seconds")}`}`;
    }
    case "state":
      return `show slide ${namePage(action.page)}`;
    case "rules":
      return join([...describePause(action.paused), ...describeQuestions(action.questions)]);
    case "message":
      return `show “${action.text}” on the stage`;
    case "end":
      return "end the session";
    case "webhook":
      return `tell ${URL.canParse(action.url) ? new URL(action.url).host : "an address"}`;
    case "recap":
      return "make the recap";
    case "queue":
      return `put a message about ${quote(action.topic)} into the queue`;
    case "store":
      return "save the counts";
  }
}

const describePause = (paused: boolean | undefined): string[] =>
  paused === undefined ? [] : [paused ? "pause the reactions" : "take reactions again"];

const QUESTIONS = {
  off: "take no questions",
  open: "take questions",
  moderated: "take questions, once a moderator has published them",
};

const describeQuestions = (questions: keyof typeof QUESTIONS | undefined): string[] =>
  questions === undefined ? [] : [QUESTIONS[questions]];

/** The ready ones. In a sentence each blank stands by its name, such as {votes}. */
const recipes: Record<FlowRecipe, { readonly name: string; readonly sentence: string }> = {
  close: {
    name: "Close when the room has answered",
    sentence: "When {share} percent of the people have answered {activity}, close it.",
  },
  question: {
    name: "Tell our chat what the room wants to know",
    sentence: "When a question has {votes} votes, send it to {url}.",
  },
  welcome: {
    name: "Something for those who come early",
    sentence: "{minutes} minutes before the talk starts, open {activity}.",
  },
  over: {
    name: "End after so many minutes",
    sentence: "{minutes} minutes after the talk starts, end the session and make the recap.",
  },
  end: {
    name: "End by the clock",
    sentence: "On {time}, in the time of {zone}, end the session.",
  },
  recap: {
    name: "Make the recap at the end",
    sentence: "When the session has ended, make the recap. You publish it.",
  },
  key: {
    name: "A key opens it",
    sentence: "When a key on my stream deck is pressed, open {activity}.",
  },
  save: {
    name: "Save the counts as we go",
    sentence: "Every {minutes} minutes, as long as anybody is there, save the counts.",
  },
};

/** Flows, told to their hosts. */
export const flows = {
  describe: describeFlow,
  trigger: describeTrigger,
  condition: describeCondition,
  action: describeAction,
  recipes,
} as const;
