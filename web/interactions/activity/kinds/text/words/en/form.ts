export const words = {
  label: "Your answer",
  send: "Send",
  change: "Send the change",
  used: (count: number, most: number) => `${count.toLocaleString("en")} of ${most.toLocaleString("en")}`,
  usedSpoken: (count: number, most: number) =>
    `${count.toLocaleString("en")} of ${most.toLocaleString("en")} characters`,
  final: "It can't be changed once it is sent.",
  long: "Please make it shorter.",
} as const;
