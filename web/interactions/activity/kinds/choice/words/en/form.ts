export const words = {
  send: "Send",
  several: (most: number) => `Tick up to ${most}, then send.`,
  any: "Tick all that you choose, then send.",
  final: "Choose one, then send. It can't be changed afterwards.",
} as const;
