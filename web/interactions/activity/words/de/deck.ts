import { plural } from "../../../../words/de/plural.ts";

/** What a deck says of activities. What stands in `problem` is for the author of its slides. */
export const deck = {
  problem: {
    /** @param name what its author called it */
    in: (name: string, problem: string) => `„${name}“: ${problem}`,
    noId: (kind: string) => `braucht einen eigenen Namen, etwa data-revint-${kind}="my-question".`,
    badId:
      "Ein Name hat bis zu 32 Zeichen aus a–z, 0–9 und - und beginnt mit einem Buchstaben oder einer Ziffer.",
    twice:
      "Noch etwas in dieser Präsentation hat diesen Namen. Bitte jeder Aktivität einen eigenen Namen geben.",
    tooMany: (most: number) => `Eine Präsentation hat bis zu ${most} davon.`,
    kinds: "hat zwei Arten von Frage zugleich. Bitte nur eines der beiden Attribute lassen.",
    noPrompt: "fragt nichts: Bitte der Folie eine Überschrift geben oder data-revint-prompt schreiben.",
    longPrompt: (most: number) => `Die Frage ist länger als ${most} Zeichen.`,
    options: (count: number, most: number) =>
      `braucht eine Liste mit 2 bis ${most} Antworten und hat ${count === 0 ? "keine" : count}.`,
    emptyOption: (number: number) => `Antwort ${number} hat keinen Text.`,
    longOption: (number: number, most: number) => `Antwort ${number} ist länger als ${most} Zeichen.`,
    badOptionId: (id: string) =>
      `data-revint-id="${id}" geht nicht: bis zu 32 Zeichen aus a–z, 0–9 und -, am Anfang ein Buchstabe oder eine Ziffer.`,
    optionTwice: (id: string) =>
      `Zwei der Antworten heißen „${id}“ (data-revint-id oder die Nummer in der Liste).`,
    noSuchOption: (name: string, id: string) =>
      `data-revint-${name} nennt „${id}“, und das ist keine der Antworten.`,
    order: "data-revint-correct nennt jede Antwort einmal, in der richtigen Reihenfolge.",
    number: (name: string, text: string) => `data-revint-${name}="${text}" ist keine Zahl.`,
    count: (name: string, least: number, most: number) =>
      `data-revint-${name} ist eine ganze Zahl von ${least} bis ${most}.`,
    word: (name: string, text: string, known: readonly string[]) =>
      `data-revint-${name}="${text}" ist nicht bekannt, bekannt sind: ${known.join(", ")}.`,
    long: (name: string, most: number) => `data-revint-${name} hat bis zu ${most} Zeichen.`,
    scale: (least: number, most: number) =>
      `Von data-revint-min bis data-revint-max sind es ${least} bis ${most} Stufen von data-revint-step.`,
    upwards: "Zahlen gehen von der kleineren zur größeren.",
    step: "data-revint-step ist größer als 0.",
    goto: (goto: string) => `data-revint-goto="${goto}" ist keine Folie: Sie beginnt mit #/.`,
  },
  trouble: {
    refused: (id: string, code: string, detail: string) =>
      code === "conflict"
        ? `„${id}“ wurde schon beantwortet und bedeutet jetzt etwas anderes: Das Publikum hat es noch so, wie es war. Bitte auf der Bühne die Zähler zurücksetzen oder einen anderen Namen geben.`
        : `„${id}“ wurde nicht angenommen und bleibt ein Teil der Folie (${detail}).`,
    none: (detail: string) => `Der Dienst nimmt keine Fragen von dieser Präsentation an (${detail}).`,
    failed: (id: string, detail: string) =>
      `„${id}“ bleibt, wie es ist: Der Dienst hat das nicht angenommen (${detail}).`,
  },
  left: (seconds: number) => `noch ${plural(seconds, "Sekunde", "Sekunden")}`,
} as const;
