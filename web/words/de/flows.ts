import type {
  FlowAction,
  FlowActivityStatus,
  FlowCondition,
  FlowTrigger,
  NewFlow,
} from "../../../shared/protocol/flow.ts";
import type { FlowRecipe } from "../../../shared/protocol/flow-recipes.ts";
import { namePage } from "../../../shared/protocol/page-name.ts";
import { form, plural } from "./plural.ts";

/** What a flow's activities are called where somebody reads of them. */
type NameActivity = (id: string) => string;

const quote: NameActivity = (text) => `„${text}“`;

/**
 * What a flow does, in a sentence: "Sobald 80 % der Anwesenden bei „pace“ geantwortet haben: „pace“ schließen und an
 * chat.example.org melden." Of a webhook's address only the host is told: the rest of it often is a key.
 * @param nameActivity what is asked, say, in place of its id
 */
function describeFlow(flow: Pick<NewFlow, "on" | "if" | "do">, nameActivity = quote): string {
  const conditions = flow.if.map((condition) => describeCondition(condition, nameActivity));
  const actions = flow.do.map((action) => describeAction(action, nameActivity));
  const only = conditions.length > 0 ? `, falls ${join(conditions)}` : "";
  return `${describeTrigger(flow.on, nameActivity)}${only}: ${join(actions)}.`;
}

const join = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} und ${parts.at(-1)}`;

/** "Sobald …", "Immer wenn …", "Am …" or "Alle …". */
function describeTrigger(on: FlowTrigger, nameActivity = quote): string {
  switch (on.event) {
    case "reactions": {
      const what =
        on.reaction === undefined
          ? plural(on.atLeast, "Reaktion", "Reaktionen")
          : `${on.atLeast} × ${on.reaction}`;
      const where = on.page === undefined ? "" : ` auf Folie ${namePage(on.page)}`;
      const within = on.within === undefined ? "" : ` binnen ${plural(on.within, "Sekunde", "Sekunden")}`;
      const verb = form(on.atLeast, "kommt", "kommen");
      return `${when(on.again)} ${what}${where}${within} ${verb}`;
    }
    case "page":
      return on.page === undefined
        ? "Immer wenn eine Folie gezeigt wird"
        : `Immer wenn Folie ${namePage(on.page)} gezeigt wird`;
    case "activity":
      return `Immer wenn ${on.activity === undefined ? "eine Aktivität" : nameActivity(on.activity)} ${BECOMES[on.status]}`;
    case "answers": {
      const where = on.activity === undefined ? "einer Aktivität" : nameActivity(on.activity);
      const who = on.share === 1 ? "alle" : `${percent(on.share)} der Anwesenden`;
      return `${when(on.again)} ${who} bei ${where} geantwortet haben`;
    }
    case "question":
      return on.votes === undefined
        ? "Immer wenn jemand eine Frage stellt"
        : `Immer wenn eine Frage ${plural(on.votes, "Stimme", "Stimmen")} hat`;
    case "people":
      return "atLeast" in on
        ? `${when(on.again)} ${plural(on.atLeast, "Person da ist", "Personen da sind")}`
        : `${when(on.again)} weniger als ${plural(on.below, "Person da ist", "Personen da sind")}`;
    case "ended":
      return "Sobald die Session beendet ist";
    case "recap":
      return "Sobald der Rückblick fertig ist";
    case "schedule":
      return describeSchedule(on);
    case "http":
      return "Immer wenn ihr Hook aufgerufen wird";
    case "queue":
      return `Immer wenn eine Nachricht über ${quote(on.topic)} durch die Warteschlange kommt`;
  }
}

const when = (again: true | undefined) => (again ? "Jedes Mal, wenn" : "Sobald");

const BECOMES: Record<FlowActivityStatus, string> = {
  open: "öffnet",
  closed: "schließt",
  revealed: "aufgedeckt wird",
};

const percent = (share: number) => share.toLocaleString("de", { style: "percent", maximumFractionDigits: 1 });

function describeSchedule(on: Extract<FlowTrigger, { event: "schedule" }>): string {
  if ("every" in on) {
    return on.every === 1 ? "Jede Minute" : `Alle ${plural(on.every, "Minute", "Minuten")}`;
  }
  if ("minutes" in on && on.from === "start") return describeFromStart(on.minutes);
  if ("minutes" in on) {
    return on.minutes === 0
      ? "Sobald die Session beginnt"
      : `${plural(on.minutes, "Minute", "Minuten")} nach Beginn der Session`;
  }
  const shown = new Date(`${on.at}:00Z`);
  const day = shown.toLocaleDateString("de", { dateStyle: "long", timeZone: "UTC" });
  return `Am ${day} um ${on.at.slice(-5)} Uhr (${on.zone.replaceAll("_", " ")})`;
}

function describeFromStart(minutes: number): string {
  if (minutes === 0) return "Sobald der Vortrag beginnt";
  const span = plural(Math.abs(minutes), "Minute", "Minuten");
  return `${span} ${minutes < 0 ? "vor" : "nach"} Beginn des Vortrags`;
}

function describeCondition(condition: FlowCondition, nameActivity = quote): string {
  if ("people" in condition) {
    const { atLeast, below } = condition.people;
    return below === undefined
      ? `mindestens ${plural(atLeast ?? 0, "Person da ist", "Personen da sind")}`
      : `weniger als ${plural(below, "Person da ist", "Personen da sind")}`;
  }
  if ("page" in condition) return `Folie ${namePage(condition.page)} gezeigt wird`;
  return `${nameActivity(condition.activity)} ${IS[condition.status]} ist`;
}

const IS: Record<FlowActivityStatus, string> = {
  open: "offen",
  closed: "geschlossen",
  revealed: "aufgedeckt",
};

const DOES: Record<FlowActivityStatus, string> = {
  open: "öffnen",
  closed: "schließen",
  revealed: "aufdecken",
};

/** Stands within a sentence, its verb last. */
function describeAction(action: FlowAction, nameActivity = quote): string {
  switch (action.do) {
    case "activity": {
      const name = nameActivity(action.activity);
      const { seconds } = action;
      const span = seconds === undefined ? "" : ` für ${plural(seconds, "Sekunde", "Sekunden")}`;
      return `${name}${span} ${DOES[action.status]}`;
    }
    case "state":
      return `Folie ${namePage(action.page)} zeigen`;
    case "rules":
      return join([...describePause(action.paused), ...describeQuestions(action.questions)]);
    case "message":
      return `„${action.text}“ auf der Bühne zeigen`;
    case "end":
      return "die Session beenden";
    case "webhook":
      return `${URL.canParse(action.url) ? `an ${new URL(action.url).host}` : "an eine Adresse"} melden`;
    case "recap":
      return "den Rückblick erstellen";
    case "queue":
      return `eine Nachricht über ${quote(action.topic)} in die Warteschlange geben`;
    case "store":
      return "die Zählerstände speichern";
  }
}

const describePause = (paused: boolean | undefined): string[] =>
  paused === undefined ? [] : [paused ? "die Reaktionen anhalten" : "wieder Reaktionen annehmen"];

const QUESTIONS = {
  off: "keine Fragen annehmen",
  open: "Fragen annehmen",
  moderated: "Fragen annehmen, sobald die Moderation sie freigibt",
};

const describeQuestions = (questions: keyof typeof QUESTIONS | undefined): string[] =>
  questions === undefined ? [] : [QUESTIONS[questions]];

/** The ready ones. In a sentence each blank stands by its name, such as {votes}. */
const recipes: Record<FlowRecipe, { readonly name: string; readonly sentence: string }> = {
  close: {
    name: "Schließen, wenn das Publikum geantwortet hat",
    sentence: "Sobald {share} Prozent der Anwesenden bei {activity} geantwortet haben, schließen.",
  },
  question: {
    name: "Unserem Chat melden, was das Publikum wissen will",
    sentence: "Sobald eine Frage {votes} Stimmen hat, sie an {url} senden.",
  },
  welcome: {
    name: "Etwas für alle, die früh kommen",
    sentence: "{minutes} Minuten vor Beginn des Vortrags {activity} öffnen.",
  },
  over: {
    name: "Nach so vielen Minuten beenden",
    sentence: "{minutes} Minuten nach Beginn des Vortrags die Session beenden und den Rückblick erstellen.",
  },
  end: {
    name: "Nach der Uhr beenden",
    sentence: "Am {time}, nach der Zeit von {zone}, die Session beenden.",
  },
  recap: {
    name: "Am Ende den Rückblick erstellen",
    sentence: "Sobald die Session beendet ist, den Rückblick erstellen. Veröffentlicht wird er von Ihnen.",
  },
  key: {
    name: "Eine Taste öffnet",
    sentence: "Wenn eine Taste auf meinem Stream Deck gedrückt wird, {activity} öffnen.",
  },
  save: {
    name: "Zwischendurch die Zählerstände speichern",
    sentence: "Alle {minutes} Minuten, solange jemand da ist, die Zählerstände speichern.",
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
