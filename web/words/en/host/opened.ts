/** What opens from a talk. */
export const opened = {
  deck: "Opening the deck…",
  stage: "Opening the stage…",
  results: "Opening the results…",
  recap: "Opening the recap…",
  back: "Back to your talks",
  broken: "This link is not complete. Open the talk from your list.",
} as const;
