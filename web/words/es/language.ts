/** What the language is, before any word of it: for browsers, for `Intl`, and for whoever chooses it. */
export const tag = "es";
/** As those who speak it call it. */
export const name = "Español";
export const dir: "ltr" | "rtl" = "ltr";
/** For `Intl`: how numbers are written. */
export const locale = "es";
/** For `Intl`: how days and times are written. */
export const dateLocale = "es";
/** Names the menu of languages for screen readers. */
export const menu = "Idioma";
