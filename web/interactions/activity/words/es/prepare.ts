/** What the console says where activities are written before a talk. */
export const prepare = {
  title: "Escribir una nueva",
  save: (kind: string) => `Guardar ${kind.toLowerCase()}`,
  cancel: "Cancelar",
};
