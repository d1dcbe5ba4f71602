/** What the language is, before any word of it: for browsers, for `Intl`, and for whoever chooses it. */
export const tag = "ar";
/** As those who speak it call it. */
export const name = "العربية";
export const dir: "ltr" | "rtl" = "rtl";
/** For `Intl`: how numbers are written. */
export const locale = "ar";
/** For `Intl`: how days and times are written. */
export const dateLocale = "ar";
/** Names the menu of languages for screen readers. */
export const menu = "اللغة";
