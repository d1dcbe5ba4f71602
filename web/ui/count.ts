import { locale } from "../words/en/language.ts";

const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });

/** Large numbers take little room: 1234 becomes "1.2K". */
export const formatCount = (count: number): string => compact.format(count);
