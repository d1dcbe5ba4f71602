import { number } from "../../../../../../words/ar/plural.ts";

export const words = {
  place: (place: number) => `المرتبة ${number(place)}`,
  twice: "ضع كل خيار في مرتبة واحدة من فضلك.",
} as const;
