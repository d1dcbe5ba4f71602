import { plural } from "./plural.ts";

/** The reveal.js plugin. */
export const plugin = {
  keys: {
    overlay: "Mostrar u ocultar el panel del público",
    host: "Dirigir esta presentación con tu público",
    together: "Mantener a todos juntos, tomar el control o volver al ponente",
    welcome: "Llenar la pantalla con el código para unirse",
    ask: "Abrir o cerrar la pregunta de esta diapositiva",
    reveal: "Mostrar u ocultar su resultado",
    again: "Preguntarla otra vez",
    goto: "Ir adonde quiere la sala",
  },
  dialog: {
    title: "Dirigir esta presentación",
    text: "Pega tu token de anfitrión o el enlace con el que te invitaron. Se queda en esta pestaña y nunca forma parte de la presentación.",
    lead: "Dirigir",
    leadAnew: "Empezar de nuevo",
    close: "Cerrar",
    leading: "Diriges esta presentación",
    following: "Sigues esta presentación",
    join: "Enlace para unirse",
    overlay: "Panel",
    together: "Mantener a todos juntos",
    welcome: "Llenar la pantalla con el código para unirse",
    stage: "Abrir el escenario",
    stop: "Dejar de dirigir en esta pestaña",
    forget: "Olvidar la invitación en esta pestaña",
    moderator:
      "Moderas: los presentadores pasan las diapositivas y esta presentación los sigue. Tus botones están en el escenario.",
    key: (key: string) => `Tecla ${key}`,
  },
  missingApi:
    "Esta presentación no dice dónde está su servicio revint: indica `apiUrl`, la dirección de tu instalación, en las opciones del plugin.",
  badUrl: (option: string, url: string) =>
    `El valor de \`${option}\` en esta presentación no es una dirección: «${url}». Corrígelo en las opciones del plugin.`,
  tokenStays: "El token sigue en la dirección: cuando termines, vuelve a cargar la presentación.",
  advice: {
    tooMany: (count: number, most: number) =>
      `Esta presentación tiene ${count} reacciones y una sesión admite hasta ${most}: se ofrecen las primeras ${most}. Acorta \`reactions\` en las opciones del plugin.`,
    twice: (reactions: readonly string[]) =>
      `Más de una vez en \`reactions\` de esta presentación, y ofrecidas una sola vez: ${reactions.join(" ")}. Quita las repetidas.`,
    unfit: (reactions: readonly string[], most: number) =>
      `No se ofrecen, porque una reacción es un texto de 1 a ${most} caracteres: ${reactions.join(", ")}. Corrige \`reactions\` en esta presentación.`,
  },
  problem: {
    token:
      "Esto no se acepta aquí. Comprueba que lo pegaste completo y que se firmó para esta instalación; quizá haya caducado o se haya retirado la invitación.",
    role: "Tu invitación no te permite llevar el control. Pregunta al anfitrión.",
    notReached: "No se pudo contactar con el servicio. Inténtalo otra vez.",
    ended: "Esta sesión ha terminado. Para otra charla, usa un token con otro nombre u otra fecha.",
    notFound: "Esta sesión no existe.",
    notFollowed: {
      notFound:
        "Esta sesión no existe. Quizá el enlace esté incompleto; las diapositivas funcionan sin ella.",
      other: "Ahora mismo no se puede seguir la sesión. Las diapositivas funcionan sin ella.",
    },
    gone: "La sesión que dirigía esta presentación se eliminó. No empieza de nuevo si no lo pides.",
    other: "El servicio no aceptó esto. Inténtalo más tarde.",
  },
  slide: (number: string) => `Diapositiva ${number}`,
  different: "Esta copia de la presentación no es igual a la del presentador",
  inOrder: "Esta presentación no se baraja mientras dirige o sigue: cada copia mostraría otras diapositivas",
  overlay: "Tu público",
  noAnswer: (host: string) => `${host} no responde`,
  notConnected: "Sin conexión",
  waiting: (count: number) =>
    `${plural(count, "persona espera", "personas esperan")} para unirse: abre el escenario`,
  doorClosed: "La entrada está cerrada: no entra nadie más",
  join: "Participa",
  away: "Volver al ponente",
  held: "El ponente mantiene a todos juntos",
  holding: "Todos juntos",
  othersDrive: "Otro presentador lleva el control",
  takeOver: "Tomar control",
  over: "Esta sesión ha terminado",
  results: "Ver los resultados",
  noExtras:
    "No se pueden hacer las preguntas de esta presentación: no se puede cargar revint-activities.js, que va junto a revint.js",
} as const;
