import { result as words } from "./words/en/result.ts";

/** One line: something that people may choose, and how much of it there is. */
export interface Share {
  readonly id: string;
  /** Somebody's words, in any script. */
  readonly text: string;
  /** What is said of it to those who can't see its bar. */
  readonly spoken: string;
  /** How long its bar is: from 0 to 1. */
  readonly part: number;
  /** The same of the round that it is compared with. */
  readonly earlier?: { readonly part: number; readonly value: string } | undefined;
  /** What stands beside the bar, and what matters less. */
  readonly value: string;
  readonly note?: string | undefined;
  /** What more there is to say, below the words. */
  readonly detail?: string | undefined;
  readonly isRight?: boolean | undefined;
}

/** Bars below each other, each with the words it stands for. */
export const Shares = ({ shares }: { shares: readonly Share[] }) => (
  <ul class="shares" style={{ "--rows": String(shares.length) }}>
    {shares.map(({ id, text, spoken, part, earlier, value, note, detail, isRight }) => (
      <li key={id} class={isRight ? "share right" : "share"} aria-label={spoken}>
        <span class="share-text" dir="auto" aria-hidden="true">
          {text}
          {isRight && <RightMark />}
          {detail !== undefined && detail !== "" && <small dir="ltr">{detail}</small>}
        </span>
        <span class="share-bars" aria-hidden="true">
          {earlier && <Bar part={earlier.part} value={earlier.value} class="earlier" />}
          <Bar part={part} value={value} note={note} />
        </span>
      </li>
    ))}
  </ul>
);

interface BarProps {
  readonly part: number;
  readonly value: string;
  readonly note?: string | undefined;
  readonly class?: string;
}

const Bar = ({ part, value, note, ...rest }: BarProps) => (
  <span class={`share-bar ${rest.class ?? ""}`}>
    <span class="share-track">
      <span class="share-fill" style={{ width: `${Math.min(1, part) * 100}%` }} />
    </span>
    <span class="share-value">
      {value}
      {note !== undefined && <small> {note}</small>}
    </span>
  </span>
);

/** Colour alone would tell it to some only. */
const RightMark = () => (
  <svg class="right-mark" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M3 8.5 6.5 12 13 4.5" />
  </svg>
);

/** What is said of one line: its words, its numbers, and whether it is right. */
export const speak = (text: string, said: readonly string[], isRight?: boolean): string =>
  `${text}: ${[...said, ...(isRight ? [words.right] : [])].join(", ")}`;
