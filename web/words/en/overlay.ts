/** The page in a stream. Whoever sets it up reads this, and then perhaps everybody: a sentence, and no more. */
export const overlay = {
  title: "Overlay · revint",
  name: "Overlay",
  connecting: "Connecting…",
  incomplete: "This address is not whole: copy it once more from the stage (Controls, Overlays).",
  notFound: "There is no such session: it may have been deleted.",
  revoked: "The key of this overlay is not good, or not any more. Make a new one on the stage.",
  refused: "The service did not accept this overlay. Please try again later.",
  unknown: (name: string, value: string, known: readonly string[]) =>
    `“${name}=${value}” is not known: ${known.join(", ")}.`,
} as const;
