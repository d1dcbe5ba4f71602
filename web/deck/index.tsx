import { render } from "hono/jsx/dom";
import { toRevintError } from "../client/error.ts";
import { Notice } from "../ui/notice.tsx";
import { PdfError } from "../ui/pdf-error.ts";
import { common, deck as words } from "../words/en.ts";
import { openDeck } from "./open-deck.ts";
import { loadPlugin } from "./plugin.ts";
import { isSpeakerAddress } from "./speaker/address.ts";

const root = document.querySelector<HTMLElement>("#app");
if (root) void mount(root);

/** Says what is going on until the deck is there, and what to do where it can't be. */
async function mount(root: HTMLElement): Promise<void> {
  document.title = words.title("Deck");
  const tell = (text: string) => render(<Notice text={text} isBusy />, root);
  tell(words.opening);
  try {
    if (isSpeakerAddress()) return await (await import("./speaker/index.tsx")).openSpeaker(root);
    // Before anything else: it takes a token out of the address.
    const plugin = await loadPlugin();
    await openDeck({ root, plugin, tell });
  } catch (error) {
    const problem = nameProblem(error);
    document.title = words.title(words.problems[problem].title);
    render(
      <Notice {...words.problems[problem]}>
        {problem === "unreachable" && (
          <button type="button" class="primary" onClick={() => location.reload()}>
            {common.tryAgain}
          </button>
        )}
      </Notice>,
      root,
    );
  }
}

function nameProblem(error: unknown): keyof typeof words.problems {
  if (error instanceof PdfError) return error.obstacle;
  const { code } = toRevintError(error);
  // An address that names no deck at all is refused as such.
  return code === "deck_not_found" || code === "not_found" || code === "invalid_request"
    ? "missing"
    : "unreachable";
}
