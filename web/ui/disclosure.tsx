import { useState } from "hono/jsx/dom";

interface Props {
  readonly summary: string;
  readonly class?: string;
  /** What is behind it: made once somebody wants to see it, and not before. */
  readonly children: () => unknown;
}

/** Something that few look at, behind a line that says what it is. */
export function Disclosure({ summary, children, ...rest }: Props) {
  const [isOpen, setOpen] = useState(false);
  const onToggle = ({ target }: Event) => {
    if (target instanceof HTMLDetailsElement) setOpen(target.open);
  };
  return (
    <details {...rest} onToggle={onToggle}>
      <summary>{summary}</summary>
      {isOpen && children()}
    </details>
  );
}
