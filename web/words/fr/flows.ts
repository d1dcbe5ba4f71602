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

const quote: NameActivity = (text) => `« ${text} »`;

/**
 * What a flow does, in a sentence: "Quand 80 % des personnes ont répondu à « pace » : fermer « pace » et prévenir
 * chat.example.org." Of a webhook's address only the host is told: the rest of it often is a key.
 * @param nameActivity what is asked, say, in place of its id
 */
function describeFlow(flow: Pick<NewFlow, "on" | "if" | "do">, nameActivity = quote): string {
  const conditions = flow.if.map((condition) => describeCondition(condition, nameActivity));
  const actions = flow.do.map((action) => describeAction(action, nameActivity));
  const only = conditions.length > 0 ? `, ${join(conditions.map((condition) => `si ${condition}`))}` : "";
  return `${describeTrigger(flow.on, nameActivity)}${only} : ${join(actions)}.`;
}

const join = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} et ${parts.at(-1)}`;

/** "Quand …", "Chaque fois que …", "Le …" or "Toutes les …". */
function describeTrigger(on: FlowTrigger, nameActivity = quote): string {
  switch (on.event) {
    case "reactions": {
      const what =
        on.reaction === undefined
          ? plural(on.atLeast, "réaction", "réactions")
          : `${on.atLeast} × ${on.reaction}`;
      const where = on.page === undefined ? "" : ` sur la diapo ${namePage(on.page)}`;
      const within = on.within === undefined ? "" : ` en ${plural(on.within, "seconde", "secondes")}`;
      const verb = form(on.atLeast, "arrive", "arrivent");
      return `${when(on.again)} ${what} ${verb}${where}${within}`;
    }
    case "page":
      return on.page === undefined
        ? "Chaque fois qu’une diapo est affichée"
        : `Chaque fois que la diapo ${namePage(on.page)} est affichée`;
    case "activity":
      return on.activity === undefined
        ? `Chaque fois qu’une activité ${BECOMES[on.status]}`
        : `Chaque fois que ${nameActivity(on.activity)} ${BECOMES[on.status]}`;
    case "answers": {
      const where = on.activity === undefined ? "une activité" : nameActivity(on.activity);
      const who = on.share === 1 ? "tout le monde a" : `${percent(on.share)} des personnes ont`;
      return `${when(on.again)} ${who} répondu à ${where}`;
    }
    case "question":
      return on.votes === undefined
        ? "Chaque fois que quelqu’un pose une question"
        : `Chaque fois qu’une question a ${plural(on.votes, "vote", "votes")}`;
    case "people":
      return "atLeast" in on
        ? `${when(on.again)} ${plural(on.atLeast, "personne est là", "personnes sont là")}`
        : `${when(on.again)} moins de ${plural(on.below, "personne est là", "personnes sont là")}`;
    case "ended":
      return "Quand la session est terminée";
    case "recap":
      return "Quand le récap est prêt";
    case "schedule":
      return describeSchedule(on);
    case "http":
      return "Chaque fois que son hook est appelé";
    case "queue":
      return `Chaque fois qu’un message sur ${quote(on.topic)} vient par la file d’attente`;
  }
}

const when = (again: true | undefined) => (again ? "Chaque fois que" : "Quand");

const BECOMES: Record<FlowActivityStatus, string> = {
  open: "s’ouvre",
  closed: "se ferme",
  revealed: "est révélé",
};

const percent = (share: number) => share.toLocaleString("fr", { style: "percent", maximumFractionDigits: 1 });

function describeSchedule(on: Extract<FlowTrigger, { event: "schedule" }>): string {
  if ("every" in on) {
    return on.every === 1 ? "Toutes les minutes" : `Toutes les ${plural(on.every, "minute", "minutes")}`;
  }
  if ("minutes" in on && on.from === "start") return describeFromStart(on.minutes);
  if ("minutes" in on) {
    return on.minutes === 0
      ? "Quand la session commence"
      : `${plural(on.minutes, "minute", "minutes")} après le début de la session`;
  }
  const shown = new Date(`${on.at}:00Z`);
  const day = shown.toLocaleDateString("fr", { dateStyle: "long", timeZone: "UTC" });
  return `Le ${day} à ${on.at.slice(-5)} (${on.zone.replaceAll("_", " ")})`;
}

function describeFromStart(minutes: number): string {
  if (minutes === 0) return "Quand la conférence commence";
  const span = plural(Math.abs(minutes), "minute", "minutes");
  return `${span} ${minutes < 0 ? "avant" : "après"} le début de la conférence`;
}

function describeCondition(condition: FlowCondition, nameActivity = quote): string {
  if ("people" in condition) {
    const { atLeast, below } = condition.people;
    return below === undefined
      ? `au moins ${plural(atLeast ?? 0, "personne est là", "personnes sont là")}`
      : `moins de ${plural(below, "personne est là", "personnes sont là")}`;
  }
  if ("page" in condition) return `la diapo ${namePage(condition.page)} est affichée`;
  return `${nameActivity(condition.activity)} est ${IS[condition.status]}`;
}

const IS: Record<FlowActivityStatus, string> = { open: "ouvert", closed: "fermé", revealed: "révélé" };

const DOES: Record<FlowActivityStatus, string> = { open: "ouvrir", closed: "fermer", revealed: "révéler" };

/** Begins in lower case: it stands within a sentence. */
function describeAction(action: FlowAction, nameActivity = quote): string {
  switch (action.do) {
    case "activity": {
      const name = nameActivity(action.activity);
      const { seconds } = action;
      return `${DOES[action.status]} ${name}${seconds === undefined ? "" : ` pour ${plural(seconds, "seconde", "secondes")}`}`;
    }
    case "state":
      return `afficher la diapo ${namePage(action.page)}`;
    case "rules":
      return join([...describePause(action.paused), ...describeQuestions(action.questions)]);
    case "message":
      return `afficher « ${action.text} » sur la scène`;
    case "end":
      return "terminer la session";
    case "webhook":
      return `prévenir ${URL.canParse(action.url) ? new URL(action.url).host : "une adresse"}`;
    case "recap":
      return "créer le récap";
    case "queue":
      return `mettre un message sur ${quote(action.topic)} dans la file d’attente`;
    case "store":
      return "enregistrer les compteurs";
  }
}

const describePause = (paused: boolean | undefined): string[] =>
  paused === undefined ? [] : [paused ? "suspendre les réactions" : "reprendre les réactions"];

const QUESTIONS = {
  off: "ne pas accepter de questions",
  open: "accepter les questions",
  moderated: "accepter les questions, une fois publiées par un modérateur",
};

const describeQuestions = (questions: keyof typeof QUESTIONS | undefined): string[] =>
  questions === undefined ? [] : [QUESTIONS[questions]];

/** The ready ones. In a sentence each blank stands by its name, such as {votes}. */
const recipes: Record<FlowRecipe, { readonly name: string; readonly sentence: string }> = {
  close: {
    name: "Fermer quand la salle a répondu",
    sentence: "Quand {share} pour cent des personnes ont répondu à {activity}, fermer.",
  },
  question: {
    name: "Dire à notre chat ce que la salle veut savoir",
    sentence: "Quand une question a {votes} votes, l’envoyer à {url}.",
  },
  welcome: {
    name: "De quoi occuper ceux qui arrivent tôt",
    sentence: "{minutes} minutes avant le début de la conférence, ouvrir {activity}.",
  },
  over: {
    name: "Terminer après tant de minutes",
    sentence: "{minutes} minutes après le début de la conférence, terminer la session et créer le récap.",
  },
  end: {
    name: "Terminer à l’heure dite",
    sentence: "Le {time}, à l’heure de {zone}, terminer la session.",
  },
  recap: {
    name: "Créer le récap à la fin",
    sentence: "Quand la session est terminée, créer le récap. C’est vous qui le publiez.",
  },
  key: {
    name: "Une touche l’ouvre",
    sentence: "Quand une touche de mon Stream Deck est pressée, ouvrir {activity}.",
  },
  save: {
    name: "Enregistrer les compteurs en cours de route",
    sentence: "Toutes les {minutes} minutes, tant que quelqu’un est là, enregistrer les compteurs.",
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
