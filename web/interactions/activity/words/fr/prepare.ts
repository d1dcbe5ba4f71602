/** What the console says where activities are written before a talk. */
export const prepare = {
  title: "En écrire une nouvelle",
  save: (kind: string) => `Enregistrer : ${kind.toLowerCase()}`,
  cancel: "Annuler",
};
