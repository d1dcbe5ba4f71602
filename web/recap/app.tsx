import { Notice } from "../ui/notice.tsx";
import { SessionForm } from "../ui/session-form.tsx";
import type { Store } from "../ui/store.ts";
import { TokenForm } from "../ui/token-form.tsx";
import { useStore } from "../ui/use-store.ts";
import { common, recap as words } from "../words/en.ts";
import { Bar } from "./bar.tsx";
import type { HostRecap } from "./host-recap.ts";
import { hasPaper } from "./paper.ts";
import type { View } from "./view.ts";

interface Props {
  readonly store: Store<View>;
  /** `undefined`: the address names no session. */
  readonly recap: HostRecap | undefined;
}

/** What stands around the recap: its host's bar, or why there is nothing to read. */
export function App({ store, recap }: Props) {
  const view = useStore(store);
  const { screen, problem } = view;
  if (screen === "host" && recap) return <Bar view={view} recap={recap} />;
  const form = recap && (
    <TokenForm action={words.open} problem={problem} onToken={(pasted) => recap.enterWith(pasted)} />
  );
  if (!hasPaper()) return <Before view={view} form={form} />;
  // Whoever reads a published page, and turns out to be nobody but a reader, goes on reading.
  return screen === "ask" ? (
    <aside class="bar" aria-label={words.bar}>
      {form}
    </aside>
  ) : null;
}

/** A page without a recap: coming in, and why there is nothing to read. */
function Before({ view: { screen, problem }, form }: { view: View; form: unknown }) {
  if (screen === "connecting" || screen === "host") {
    return <Notice title={words.heading} text={words.connecting} isBusy />;
  }
  return (
    <Notice {...words[screen]}>
      {screen === "ask" && form}
      {screen === "nothing" && (
        <>
          <Reload>{words.again}</Reload>
          <details>
            <summary>{words.isHost}</summary>
            {form}
          </details>
        </>
      )}
      {(screen === "noSession" || screen === "notFound") && (
        <SessionForm action={words.openSession} isForHosts problem={problem} />
      )}
      {screen === "failed" && <Reload>{common.tryAgain}</Reload>}
    </Notice>
  );
}

/** The service decides what is on this page: it is asked for the whole of it. */
const Reload = ({ children }: { children: string }) => (
  <button type="button" class="primary" onClick={() => location.reload()}>
    {children}
  </button>
);
