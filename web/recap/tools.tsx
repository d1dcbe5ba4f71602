import { useState } from "hono/jsx/dom";
import { LanguageMenu } from "../ui/language/language-menu.tsx";
import { recap } from "../words/en.ts";

const words = recap.tools;

/** What a reader does with a page worth keeping. Its address holds no secret. */
export function Tools() {
  const [told, setTold] = useState("");
  const copy = async () => setTold((await copyAddress()) ? words.copied : words.notCopied);
  // Whoever thinks better of it has it refused; nothing is wrong then.
  const share = () => navigator.share({ title: document.title, url: getAddress() }).catch(() => {});
  return (
    <aside class="tools" aria-label={words.name}>
      {"share" in navigator && (
        <button type="button" onClick={share}>
          {words.share}
        </button>
      )}
      <button type="button" onClick={copy}>
        {words.copy}
      </button>
      <button type="button" onClick={() => print()}>
        {words.print}
      </button>
      <LanguageMenu />
      <p role="status">{told}</p>
    </aside>
  );
}

/** Without what a section's link has added. */
const getAddress = (): string => location.href.replace(/#.*$/, "");

async function copyAddress(): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(getAddress());
    return true;
  } catch {
    return false;
  }
}
