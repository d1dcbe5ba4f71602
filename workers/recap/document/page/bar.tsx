/** @jsxImportSource hono/jsx */

/** A bar that is so full, in percent. It only draws what is written beside it; its attributes need no style, which the policy refuses. */
export const Bar = ({ percent }: { readonly percent: number }) => (
  <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="4" />
    <rect class="fill" width={Math.max(0, Math.min(100, percent))} height="4" />
  </svg>
);
