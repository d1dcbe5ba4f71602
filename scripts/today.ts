/** Today where this computer is, as `2026-11-20`. (Swedish dates are written that way.) */
export const today = (): string => new Date().toLocaleDateString("sv-SE");
