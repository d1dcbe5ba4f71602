/** The phone page. */
export const audience = {
  title: "Mitmachen · revint",
  titleOf: (name: string) => `${name} · revint`,
  connecting: "Session wird gesucht …",
  offline: "Keine Verbindung. Wir versuchen es weiter.",
  waiting: {
    title: "Es geht noch nicht los",
    text: "Du musst nichts tun: Diese Seite folgt dem Vortrag, sobald er beginnt.",
  },
  more: "Mehr",
  notLoaded: "Das kann gerade nicht angezeigt werden. Wir versuchen es weiter.",
  noSession: {
    title: "Welche Session?",
    text: "Bitte den Code vom Bildschirm eintippen oder den Link der Session einfügen.",
  },
  notFound: {
    title: "Session nicht gefunden",
    text: "Der Link ist vielleicht unvollständig, oder die Session ist noch nicht geöffnet. Bitte den Code vom Bildschirm eintippen oder noch einmal scannen.",
  },
  wrongCode: {
    title: "Kein Vortrag hat diesen Code",
    text: "Vielleicht stimmt eine Ziffer nicht. Oder der Vortrag ist vorbei: Sein Code endet einen Tag danach.",
  },
  tooManyCodes: {
    title: "Zu viele falsche Codes",
    text: "Die Codes kamen aus diesem Netz. Bitte in einer Minute noch einmal versuchen oder den Link des Vortrags benutzen.",
  },
  code: "Teilnahmecode",
  noCode: "Ein Teilnahmecode hat 6 oder 8 Ziffern. Auch der Link der Session lässt sich einfügen.",
  ended: { title: "Das war’s", text: "Danke fürs Dabeisein." },
  results: "Die Ergebnisse, falls sie für alle offen sind",
  recap: "Der Rückblick, sobald er veröffentlicht ist",
  full: {
    title: "Im Moment kein Einlass",
    text: "Der Raum ist voll oder der Einlass gerade geschlossen. Bitte diese Seite offen lassen: Sobald ein Platz frei ist, geht es von selbst weiter.",
  },
  crowded: {
    title: "Es kommen viele auf einmal",
    text: "Hier ist die Warteschlange. Bitte diese Seite offen lassen: Gleich geht es von selbst weiter.",
  },
  sentOut: {
    title: "Der Host hat alle hinausgeschickt",
    text: "Was gezählt war, bleibt gezählt. Wer wieder dabei sein will, macht neu mit.",
  },
  failed: { title: "Das geht gerade nicht", text: "Bitte gleich noch einmal versuchen." },
  tryAgain: "Erneut versuchen",
  join: "Mitmachen",
  joinAgain: "Neu mitmachen",
  slides: {
    see: "Folien ansehen",
    title: "Die Folien",
    tab: "In neuem Tab",
    close: "Schließen",
  },
  tabs: { label: "Ansicht", live: "Live", missed: ", etwas Neues", news: " neu" },
  paused: "Pause",
  announcePage: (title: string) => `Jetzt: ${title}`,
} as const;
