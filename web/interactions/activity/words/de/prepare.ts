/** What the console says where activities are written before a talk. */
export const prepare = {
  title: "Neue schreiben",
  save: (kind: string) => `${kind} speichern`,
  cancel: "Abbrechen",
};
