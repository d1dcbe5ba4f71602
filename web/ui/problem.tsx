/** What went wrong, read out at once. It is always there, also when it says nothing: a screen reader only tells what changes. */
export const Problem = ({ children }: { children?: unknown }) => (
  <p class="problem" role="alert">
    {children}
  </p>
);
