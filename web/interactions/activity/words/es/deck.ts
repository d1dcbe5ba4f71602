import { number as format, plural } from "../../../../words/es/plural.ts";

/** What a deck says of activities. What stands in `problem` is for the author of its slides. */
export const deck = {
  problem: {
    /** @param name what its author called it */
    in: (name: string, problem: string) => `«${name}»: ${problem}`,
    noId: (kind: string) => `necesita un nombre propio, como en data-revint-${kind}="mi-pregunta".`,
    badId: "un nombre tiene hasta 32 caracteres de a–z, 0–9 y -, y empieza por una letra o un dígito.",
    twice: "otra de esta presentación tiene este nombre. Da a cada una un nombre propio.",
    tooMany: (most: number) => `una presentación tiene hasta ${format(most)}.`,
    kinds: "lleva dos tipos de pregunta a la vez. Deja solo uno de los dos atributos.",
    noPrompt: "no pregunta nada: pon un título a su diapositiva o escribe data-revint-prompt.",
    longPrompt: (most: number) => `su pregunta tiene más de ${plural(most, "carácter", "caracteres")}.`,
    options: (count: number, most: number) =>
      `necesita una lista de 2 a ${format(most)} opciones y ${count === 0 ? "no tiene ninguna" : `tiene ${format(count)}`}.`,
    emptyOption: (number: number) => `la opción ${number} no tiene texto.`,
    longOption: (number: number, most: number) =>
      `la opción ${number} tiene más de ${plural(most, "carácter", "caracteres")}.`,
    badOptionId: (id: string) =>
      `data-revint-id="${id}" no es válido: hasta 32 caracteres de a–z, 0–9 y -, empezando por una letra o un dígito.`,
    optionTwice: (id: string) =>
      `dos de sus opciones se llaman «${id}» (data-revint-id, o el número en la lista).`,
    noSuchOption: (name: string, id: string) =>
      `data-revint-${name} nombra «${id}», que no es ninguna de sus opciones.`,
    order: "data-revint-correct nombra cada opción una vez, en el orden correcto.",
    number: (name: string, text: string) => `data-revint-${name}="${text}" no es un número.`,
    count: (name: string, least: number, most: number) =>
      `data-revint-${name} es un número entero de ${least} a ${most}.`,
    word: (name: string, text: string, known: readonly string[]) =>
      `data-revint-${name}="${text}" no se conoce: ${known.join(", ")}.`,
    long: (name: string, most: number) =>
      `data-revint-${name} admite hasta ${plural(most, "carácter", "caracteres")}.`,
    scale: (least: number, most: number) =>
      `de data-revint-min a data-revint-max hay de ${least} a ${most} pasos de data-revint-step.`,
    upwards: "los números van del menor al mayor.",
    step: "data-revint-step es mayor que 0.",
    goto: (goto: string) => `data-revint-goto="${goto}" no es una diapositiva: empieza por #/.`,
  },
  trouble: {
    refused: (id: string, code: string, detail: string) =>
      code === "conflict"
        ? `«${id}» ya se respondió y ahora significa otra cosa: la sala la sigue teniendo como era. Borra los recuentos en el escenario o dale otro nombre.`
        : `«${id}» no se aceptó y queda como parte de la diapositiva (${detail}).`,
    none: (detail: string) => `El servicio no acepta preguntas de esta presentación (${detail}).`,
    failed: (id: string, detail: string) =>
      `«${id}» se queda como está: el servicio no lo aceptó (${detail}).`,
  },
  left: (seconds: number) =>
    `${seconds === 1 ? "Queda" : "Quedan"} ${plural(seconds, "segundo", "segundos")}`,
} as const;
