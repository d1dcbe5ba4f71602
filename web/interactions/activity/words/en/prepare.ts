/** What the console says where activities are written before a talk. */
export const prepare = {
  title: "Write a new one",
  save: (kind: string) => `Save the ${kind.toLowerCase()}`,
  cancel: "Cancel",
};
