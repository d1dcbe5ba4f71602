import { person } from "./nouns.ts";
import { plural } from "./plural.ts";

/** What both pages and plugin say. */
export const common = {
  people: (count: number) => plural(count, person),
  connection: {
    connecting: "جارٍ الاتصال…",
    live: "متصل",
    fallback: "متصل",
    closed: "غير متصل",
  },
  token: "رمز المضيف أو رابط الدعوة",
  tryAgain: "إعادة المحاولة",
  noPass: "هذا ليس رمز مضيف ولا رابط دعوة. الصقه كاملًا من فضلك.",
  joinCode: (url: string) => `رمز QR للانضمام: ${url}`,
} as const;
