/**
 * Of a button whose action is not taken while another one is on its way. Unlike one that is disabled, it keeps the focus:
 * whoever has pressed it with a key goes on from there.
 */
export const whileBusy = (isBusy: boolean) => ({ "aria-disabled": isBusy ? ("true" as const) : undefined });
