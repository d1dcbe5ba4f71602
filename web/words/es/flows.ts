import type {
  FlowAction,
  FlowActivityStatus,
  FlowCondition,
  FlowTrigger,
  NewFlow,
} from "../../../shared/protocol/flow.ts";
import type { FlowRecipe } from "../../../shared/protocol/flow-recipes.ts";
import { namePage } from "../../../shared/protocol/page-name.ts";
import { number, plural } from "./plural.ts";

/** What a flow's activities are called where somebody reads of them. */
type NameActivity = (id: string) => string;

const quote: NameActivity = (text) => `«${text}»`;

/**
 * What a flow does, in a sentence: "Cuando el 80 % de las personas haya respondido a «pace»: cerrar «pace» y avisar a
 * chat.example.org." Of a webhook's address only the host is told: the rest of it often is a key.
 * @param nameActivity what is asked, say, in place of its id
 */
function describeFlow(flow: Pick<NewFlow, "on" | "if" | "do">, nameActivity = quote): string {
  const conditions = flow.if.map((condition) => describeCondition(condition, nameActivity));
  const actions = flow.do.map((action) => describeAction(action, nameActivity));
  const only = conditions.length > 0 ? `, si ${join(conditions)}` : "";
  return `${describeTrigger(flow.on, nameActivity)}${only}: ${join(actions)}.`;
}

/** No part begins with the sound of an i, before which "y" would be "e". */
const join = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} y ${parts.at(-1)}`;

/** "Cuando …", "El … a las …" or "Cada …". */
function describeTrigger(on: FlowTrigger, nameActivity = quote): string {
  switch (on.event) {
    case "reactions": {
      const what =
        on.reaction === undefined
          ? plural(on.atLeast, "reacción", "reacciones")
          : `${number(on.atLeast)} × ${on.reaction}`;
      const where = on.page === undefined ? "" : ` en la diapositiva ${namePage(on.page)}`;
      const within = on.within === undefined ? "" : ` en ${plural(on.within, "segundo", "segundos")}`;
      const verb = on.atLeast === 1 ? "llegue" : "lleguen";
      return `${when(on.again)} ${verb} ${what}${where}${within}`;
    }
    case "page":
      return on.page === undefined
        ? "Cada vez que se muestre una diapositiva"
        : `Cada vez que se muestre la diapositiva ${namePage(on.page)}`;
    case "activity":
      return `Cada vez que ${BECOMES[on.status]} ${on.activity === undefined ? "una actividad" : nameActivity(on.activity)}`;
    case "answers": {
      const who = on.share === 1 ? "todos hayan" : `el ${percent(on.share)} de las personas haya`;
      return `${when(on.again)} ${who} respondido a ${on.activity === undefined ? "una actividad" : nameActivity(on.activity)}`;
    }
    case "question":
      return on.votes === undefined
        ? "Cada vez que alguien haga una pregunta"
        : `Cada vez que una pregunta tenga ${plural(on.votes, "voto", "votos")}`;
    case "people":
      return "atLeast" in on
        ? `${when(on.again)} haya ${present(on.atLeast)}`
        : `${when(on.again)} haya menos de ${present(on.below)}`;
    case "ended":
      return "Cuando haya terminado la sesión";
    case "recap":
      return "Cuando el resumen esté listo";
    case "schedule":
      return describeSchedule(on);
    case "http":
      return "Cada vez que se llame a su hook";
    case "queue":
      return `Cada vez que llegue por la cola un mensaje sobre ${quote(on.topic)}`;
  }
}

const when = (again: true | undefined) => (again ? "Cada vez que" : "Cuando");

const present = (people: number) => plural(people, "persona presente", "personas presentes");

const BECOMES: Record<FlowActivityStatus, string> = {
  open: "se abra",
  closed: "se cierre",
  revealed: "se muestre el resultado de",
};

const percent = (share: number) => share.toLocaleString("es", { style: "percent", maximumFractionDigits: 1 });

function describeSchedule(on: Extract<FlowTrigger, { event: "schedule" }>): string {
  if ("every" in on) return on.every === 1 ? "Cada minuto" : `Cada ${minutesOf(on.every)}`;
  if ("minutes" in on && on.from === "start") return describeFromStart(on.minutes);
  if ("minutes" in on) {
    return on.minutes === 0
      ? "Cuando empiece la sesión"
      : `${minutesOf(on.minutes)} después de que empiece la sesión`;
  }
  const shown = new Date(`${on.at}:00Z`);
  const day = shown.toLocaleDateString("es", { dateStyle: "long", timeZone: "UTC" });
  return `El ${day} a las ${on.at.slice(-5)} (${on.zone.replaceAll("_", " ")})`;
}

const minutesOf = (count: number) => plural(count, "minuto", "minutos");

function describeFromStart(minutes: number): string {
  if (minutes === 0) return "Cuando empiece la charla";
  return `${minutesOf(Math.abs(minutes))} ${minutes < 0 ? "antes" : "después"} de que empiece la charla`;
}

function describeCondition(condition: FlowCondition, nameActivity = quote): string {
  if ("people" in condition) {
    const { atLeast, below } = condition.people;
    return below === undefined ? `hay al menos ${present(atLeast ?? 0)}` : `hay menos de ${present(below)}`;
  }
  if ("page" in condition) return `se muestra la diapositiva ${namePage(condition.page)}`;
  return `${IS[condition.status]} ${nameActivity(condition.activity)}`;
}

const IS: Record<FlowActivityStatus, string> = {
  open: "está abierta",
  closed: "está cerrada",
  revealed: "se muestra el resultado de",
};

const DOES: Record<FlowActivityStatus, string> = {
  open: "abrir",
  closed: "cerrar",
  revealed: "mostrar el resultado de",
};

/** Begins in lower case: it stands within a sentence. */
function describeAction(action: FlowAction, nameActivity = quote): string {
  switch (action.do) {
    case "activity": {
      const name = nameActivity(action.activity);
      const { seconds } = action;
      return `${DOES[action.status]} ${name}${seconds === undefined ? "" : ` durante ${plural(seconds, "segundo", "segundos")}`}`;
    }
    case "state":
      return `mostrar la diapositiva ${namePage(action.page)}`;
    case "rules":
      return join([...describePause(action.paused), ...describeQuestions(action.questions)]);
    case "message":
      return `mostrar «${action.text}» en el escenario`;
    case "end":
      return "terminar la sesión";
    case "webhook":
      return `avisar a ${URL.canParse(action.url) ? new URL(action.url).host : "una dirección"}`;
    case "recap":
      return "crear el resumen";
    case "queue":
      return `poner en la cola un mensaje sobre ${quote(action.topic)}`;
    case "store":
      return "guardar los recuentos";
  }
}

const describePause = (paused: boolean | undefined): string[] =>
  paused === undefined ? [] : [paused ? "pausar las reacciones" : "reanudar las reacciones"];

const QUESTIONS = {
  off: "no aceptar preguntas",
  open: "aceptar preguntas",
  moderated: "aceptar preguntas, que publica un moderador",
};

const describeQuestions = (questions: keyof typeof QUESTIONS | undefined): string[] =>
  questions === undefined ? [] : [QUESTIONS[questions]];

/** The ready ones. In a sentence each blank stands by its name, such as {votes}. */
const recipes: Record<FlowRecipe, { readonly name: string; readonly sentence: string }> = {
  close: {
    name: "Cerrar cuando la sala haya respondido",
    sentence: "Cuando el {share} por ciento de las personas haya respondido a {activity}, cerrarla.",
  },
  question: {
    name: "Avisar a nuestro chat de lo que la sala quiere saber",
    sentence: "Cuando una pregunta tenga {votes} votos, enviarla a {url}.",
  },
  welcome: {
    name: "Algo para quienes llegan pronto",
    sentence: "{minutes} minutos antes de que empiece la charla, abrir {activity}.",
  },
  over: {
    name: "Terminar después de unos minutos",
    sentence: "{minutes} minutos después de que empiece la charla, terminar la sesión y crear el resumen.",
  },
  end: {
    name: "Terminar a una hora fija",
    sentence: "El {time}, según la hora de {zone}, terminar la sesión.",
  },
  recap: {
    name: "Crear el resumen al final",
    sentence: "Cuando haya terminado la sesión, crear el resumen. Tú lo publicas.",
  },
  key: {
    name: "Se abre con una tecla",
    sentence: "Cuando se pulse una tecla de mi stream deck, abrir {activity}.",
  },
  save: {
    name: "Guardar los recuentos sobre la marcha",
    sentence: "Cada {minutes} minutos, mientras haya alguien, guardar los recuentos.",
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
