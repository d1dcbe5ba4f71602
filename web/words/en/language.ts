/** What the language is, before any word of it: for browsers, for `Intl`, and for whoever chooses it. */
export const tag = "en";
/** As those who speak it call it. */
export const name = "English";
export const dir: "ltr" | "rtl" = "ltr";
/** For `Intl`: how numbers are written. */
export const locale = "en";
/** For `Intl`: how days and times are written. */
export const dateLocale = "en-GB";
/** Names the menu of languages for screen readers. */
export const menu = "Language";
