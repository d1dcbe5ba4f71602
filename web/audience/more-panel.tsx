import type { FC } from "hono/jsx";
import { useRef, useState } from "hono/jsx/dom";
import { copyText } from "../ui/copy-text.ts";
import { ReadOnlyField } from "../ui/read-only-field.tsx";
import type { Store } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { phoneMore as words } from "../words/en/phone-more.ts";
import type { AwakeWish } from "./awake-wish.ts";
import { KeepAwake } from "./keep-awake.ts";
import type { View } from "./view.ts";

/** What is behind the button on top: keeping the screen on, where the browser can, and handing the link on. */
export function createPanel(view: Store<View>, wish: AwakeWish): FC {
  const awake = "wakeLock" in navigator ? new KeepAwake(navigator.wakeLock, wish) : undefined;
  const follow = () => awake?.need(view.get().screen === "session");
  view.watch(follow);
  follow();
  return () => (
    <>
      {awake && <AwakeSwitch awake={awake} />}
      <Share view={view} />
    </>
  );
}

function AwakeSwitch({ awake }: { awake: KeepAwake }) {
  const { isWanted, isRefused } = useStore(awake.store);
  const isOn = isWanted && !isRefused;
  return (
    <div>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={isOn ? "true" : "false"}
        onClick={() => awake.want(!isOn)}
      >
        {words.awake.on}
      </button>
      <p class="told" role="status">
        {isWanted && isRefused ? words.awake.refused : ""}
      </p>
    </div>
  );
}

/** Hands the link on as the phone does, or, where it has no way for that, copies it. The link is there to read, too. */
function Share({ view }: { view: Store<View> }) {
  const { name, joinUrl } = useStore(view);
  const field = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<string>("");
  const canShare = typeof navigator.share === "function";
  const copy = async () => {
    setTold((await copyText(joinUrl, field.current)) ? words.link.copied : words.link.notCopied);
  };
  const share = async () => {
    setTold("");
    try {
      await navigator.share({ title: name, url: joinUrl });
      setTold(words.link.shared);
    } catch (error) {
      // Whoever has changed their mind knows.
      if (!(error instanceof DOMException && error.name === "AbortError")) await copy();
    }
  };
  return (
    <>
      <ReadOnlyField label={words.link.label} text={joinUrl} field={field} />
      <button type="button" onClick={canShare ? share : copy}>
        {canShare ? words.link.share : words.link.copy}
      </button>
      <p class="told" role="status">
        {told}
      </p>
    </>
  );
}
