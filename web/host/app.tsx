import { LanguageMenu } from "../ui/language/language-menu.tsx";
import { Notice } from "../ui/notice.tsx";
import { Problem } from "../ui/problem.tsx";
import { useStore } from "../ui/use-store.ts";
import { common, host as words } from "../words/en.ts";
import { AccountSection } from "./account/account-section.tsx";
import { AdminSection } from "./admin/admin-section.tsx";
import type { Desk, HostConsole } from "./console.ts";
import { DeckSection } from "./decks/index.tsx";
import { EntrancePage } from "./entrance/entrance-page.tsx";
import { Heading } from "./heading.tsx";
import { type ConsoleView, VIEWS, writeView } from "./place.ts";
import { TalkSection } from "./talks/talk-section.tsx";

/** The page of a host: the ways in, and behind them everything that an account has. */
export function App({ console }: { console: HostConsole }) {
  const { screen, account, desk, place } = useStore(console.view);
  if (screen === "entrance") {
    const staying = account && { email: account.email, onLeave: () => void console.leaveLink() };
    return <EntrancePage entrance={console.entrance} staying={staying} />;
  }
  if (screen === "erasing") return <Notice {...words.account.remove.erasing} />;
  if (screen === "failed") {
    return (
      <Notice {...words.failed}>
        <button type="button" class="primary" onClick={() => console.tryAgain()}>
          {common.tryAgain}
        </button>
      </Notice>
    );
  }
  if (screen === "opening" || !desk) return <Notice text={words.opening} isBusy />;
  if (place.view === "open") return <Opening console={console} />;
  return (
    <div class="console">
      <Header console={console} view={place.view} />
      <main key={place.view}>
        <Heading>{words.views[place.view]}</Heading>
        <SectionOf desk={desk} view={place.view} />
      </main>
    </div>
  );
}

function Header({ console, view: current }: { console: HostConsole; view: ConsoleView }) {
  const { account } = useStore(console.view);
  const go = (event: MouseEvent, view: ConsoleView) => {
    // What a browser opens elsewhere stays its own business.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    console.go(view);
  };
  return (
    <header class="bar">
      <p class="mark">revint</p>
      <nav aria-label={words.navigation}>
        <ul>
          {VIEWS.filter((view) => view !== "admin" || account?.role === "admin").map((view) => (
            <li key={view}>
              <a
                href={writeView(view)}
                aria-current={view === current ? "page" : undefined}
                onClick={(event: MouseEvent) => go(event, view)}
              >
                {words.views[view]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="who" dir="auto">
        {account?.name}
      </p>
      <LanguageMenu />
    </header>
  );
}

function SectionOf({ desk, view }: { desk: Desk; view: ConsoleView }) {
  if (view === "decks") return <DeckSection decks={desk.decks} />;
  if (view === "account") return <AccountSection account={desk.account} />;
  if (view === "admin") return <AdminSection admin={desk.admin} />;
  return <TalkSection talks={desk.talks} />;
}

/** On the way to a page of a talk. */
function Opening({ console }: { console: HostConsole }) {
  const { place, problem } = useStore(console.view);
  const opened = place.view === "open" ? place.open : undefined;
  return (
    <Notice text={problem === undefined ? words.opened[opened ?? "deck"] : ""} isBusy={problem === undefined}>
      <Problem>{problem}</Problem>
      {problem !== undefined && (
        <>
          <button type="button" class="primary" onClick={() => console.openTalk()}>
            {common.tryAgain}
          </button>
          <a href={writeView("talks")}>{words.opened.back}</a>
        </>
      )}
    </Notice>
  );
}
