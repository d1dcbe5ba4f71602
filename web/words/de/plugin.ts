/** The reveal.js plugin. */
export const plugin = {
  keys: {
    overlay: "Publikums-Overlay ein- oder ausblenden",
    host: "Präsentation mit dem Publikum leiten",
    together: "Alle zusammenhalten, übernehmen oder zurück zum Vortrag",
    welcome: "Teilnahmecode bildschirmfüllend zeigen",
    ask: "Frage dieser Folie öffnen oder schließen",
    reveal: "Das Ergebnis dazu ein- oder ausblenden",
    again: "Noch einmal fragen",
    goto: "Dorthin gehen, wohin das Publikum will",
  },
  dialog: {
    title: "Diese Präsentation leiten",
    text: "Bitte das Host-Token oder den Einladungslink einfügen. Beides bleibt in diesem Tab und wird nie Teil der Präsentation.",
    lead: "Leiten",
    leadAnew: "Neu beginnen",
    close: "Schließen",
    leading: "Diese Präsentation leitet die Session",
    following: "Diese Präsentation folgt der Session",
    join: "Teilnahmelink",
    overlay: "Overlay",
    together: "Alle zusammenhalten",
    welcome: "Teilnahmecode bildschirmfüllend zeigen",
    stage: "Bühne öffnen",
    stop: "In diesem Tab nicht mehr leiten",
    forget: "Einladung in diesem Tab vergessen",
    moderator:
      "Hier wird moderiert: Die Folien blättern die Presenter, und diese Präsentation folgt. Die Knöpfe dafür stehen auf der Bühne.",
    key: (key: string) => `Taste ${key}`,
  },
  missingApi:
    "Diese Präsentation sagt nicht, wo ihr revint-Dienst ist: Bitte in den Optionen des Plugins `apiUrl` setzen, die Adresse der Installation.",
  badUrl: (option: string, url: string) =>
    `\`${option}\` dieser Präsentation ist keine Adresse: „${url}“. Bitte in den Optionen des Plugins berichtigen.`,
  tokenStays: "Das Token bleibt in der Adresse: Danach bitte die Präsentation neu laden.",
  advice: {
    tooMany: (count: number, most: number) =>
      `Diese Präsentation hat ${count} Reaktionen, eine Session nimmt bis zu ${most}: Die ersten ${most} werden angeboten. Bitte \`reactions\` in den Optionen des Plugins kürzen.`,
    twice: (reactions: readonly string[]) =>
      `Steht mehrmals in \`reactions\` dieser Präsentation und wird einmal angeboten: ${reactions.join(" ")}. Bitte entfernen, was doppelt ist.`,
    unfit: (reactions: readonly string[], most: number) =>
      `Nicht angeboten, denn eine Reaktion ist ein Text von 1 bis ${most} Zeichen: ${reactions.join(", ")}. Bitte \`reactions\` dieser Präsentation berichtigen.`,
  },
  problem: {
    token:
      "Das wird hier nicht angenommen. Bitte prüfen, ob es vollständig eingefügt ist und für diese Installation signiert wurde; vielleicht ist es abgelaufen, oder eine Einladung wurde zurückgenommen.",
    role: "Diese Einladung erlaubt nicht, die Präsentation zu steuern. Bitte den Host fragen.",
    notReached: "Der Dienst ist nicht erreichbar. Bitte noch einmal versuchen.",
    ended:
      "Diese Session ist beendet. Für einen anderen Vortrag bitte ein Token mit anderem Namen oder Datum benutzen.",
    notFound: "Diese Session gibt es nicht.",
    notFollowed: {
      notFound:
        "Diese Session gibt es nicht. Der Link ist vielleicht unvollständig; die Folien gehen auch ohne sie.",
      other: "Der Session lässt sich im Moment nicht folgen. Die Folien gehen auch ohne sie.",
    },
    gone: "Die Session, die diese Präsentation geleitet hat, wurde gelöscht. Sie beginnt nur neu, wenn Sie es sagen.",
    other: "Der Dienst hat das nicht angenommen. Bitte später noch einmal versuchen.",
  },
  slide: (number: string) => `Folie ${number}`,
  different: "Diese Kopie der Präsentation weicht von der gezeigten ab",
  inOrder:
    "Diese Präsentation wird nicht gemischt, solange sie leitet oder folgt: Sonst zeigte jede Kopie andere Folien",
  overlay: "Publikum",
  noAnswer: (host: string) => `${host} antwortet nicht`,
  notConnected: "Nicht verbunden",
  waiting: (count: number) =>
    `${count.toLocaleString("de")} ${count === 1 ? "Person wartet" : "Personen warten"} auf Einlass: Bühne öffnen`,
  doorClosed: "Der Einlass ist geschlossen: Es kommt niemand Neues herein",
  join: "Mitmachen",
  away: "Zurück zum Vortrag",
  held: "Gerade bleiben alle beim Vortrag",
  holding: "Zusammengehalten",
  othersDrive: "Jemand anders steuert",
  takeOver: "Übernehmen",
  over: "Diese Session ist beendet",
  results: "Ergebnisse ansehen",
  noExtras:
    "Die Fragen dieser Präsentation lassen sich nicht stellen: revint-activities.js lässt sich neben revint.js nicht laden",
} as const;
