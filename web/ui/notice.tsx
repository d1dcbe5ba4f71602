import { LanguageMenu } from "./language/language-menu.tsx";

interface Props {
  readonly title?: string;
  readonly text: string;
  /** Something is on its way, and this page with it. */
  readonly isBusy?: boolean;
  readonly children?: unknown;
}

/** A page that has one thing to say, in the middle of the screen. */
export const Notice = ({ title, text, isBusy = false, children }: Props) => (
  <main class="notice" aria-busy={isBusy ? "true" : "false"}>
    {title !== undefined && <h1>{title}</h1>}
    <p>{text}</p>
    {children}
    {!isBusy && <LanguageMenu />}
  </main>
);
