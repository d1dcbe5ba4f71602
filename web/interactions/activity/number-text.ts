import { locale } from "../../words/en/language.ts";

const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });

/** A number that people gave, as they read it; one with many digits in short. */
export const formatNumber = (number: number): string =>
  Math.abs(number) < 1e6 ? short.format(number) : compact.format(number);

/** A part of all people, as whole percents. */
export const formatShare = (part: number): string => `${Math.round(part * 100)} %`;
