/** What the language is, before any word of it: for browsers, for `Intl`, and for whoever chooses it. */
export const tag = "ar";
/** As those who speak it call it. */
export const name = "العربية";
export const dir: "ltr" | "rtl" = "rtl";
/** For `Intl`: how numbers and times are written. */
export const locale = "ar";
/** Names the menu of languages for screen readers. */
export const menu = "اللغة";
