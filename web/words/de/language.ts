/** What the language is, before any word of it: for browsers, for `Intl`, and for whoever chooses it. */
export const tag = "de";
/** As those who speak it call it. */
export const name = "Deutsch";
export const dir: "ltr" | "rtl" = "ltr";
/** For `Intl`: how numbers are written. */
export const locale = "de";
/** For `Intl`: how days and times are written. */
export const dateLocale = "de";
/** Names the menu of languages for screen readers. */
export const menu = "Sprache";
