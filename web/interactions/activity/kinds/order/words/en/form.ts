export const words = {
  hint: "Put them in order, first place on top, then send.",
  final: "It can't be changed once it is sent.",
  list: "Your order",
  up: (text: string) => `${text}: one place up`,
  down: (text: string) => `${text}: one place down`,
  moved: (text: string, place: number, places: number) => `${text}, now place ${place} of ${places}`,
  send: "Send this order",
} as const;
