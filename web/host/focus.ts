/** Whoever's button is gone goes on at the section's heading. */
export const focusHeading = (): void => document.querySelector<HTMLElement>("#heading")?.focus();
