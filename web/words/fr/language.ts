/** What the language is, before any word of it: for browsers, for `Intl`, and for whoever chooses it. */
export const tag = "fr";
/** As those who speak it call it. */
export const name = "Français";
export const dir: "ltr" | "rtl" = "ltr";
/** For `Intl`: how numbers are written. */
export const locale = "fr";
/** For `Intl`: how days and times are written. */
export const dateLocale = "fr";
/** Names the menu of languages for screen readers. */
export const menu = "Langue";
