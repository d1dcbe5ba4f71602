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
  if (view.screen === "host" && recap) return <Bar view={view} recap={recap} />;
  // Whoever reads a published page, and turns out to be nobody but a reader, goes on reading.
  if (hasPaper() && view.screen !== "ask" && view.screen !== "failed") return null;
  return <Before view={view} recap={recap} />;
}

function Before({ view: { screen, problem }, recap }: Pick<Props, "recap"> & { view: View }) {
  if (screen === "connecting" || screen === "host") {
    return <Notice title={words.heading} text={words.connecting} isBusy />;
  }
  const form = recap && (
    <TokenForm action={words.open} problem={problem} onToken={(pasted) => recap.enterWith(pasted)} />
  );
  return (
    <Notice {...words[screen]}>
      {screen === "ask" && form}
      {screen === "nothing" && (
        <>
          <button type="button" class="primary" onClick={() => location.reload()}>
            {words.again}
          </button>
          <details>
            <summary>{words.isHost}</summary>
            {form}
          </details>
        </>
      )}
      {screen === "noSession" && <SessionForm action={words.openSession} isForHosts problem={problem} />}
      {screen === "failed" && recap && (
        <button type="button" class="primary" onClick={() => recap.enterAgain()}>
          {common.tryAgain}
        </button>
      )}
    </Notice>
  );
}
