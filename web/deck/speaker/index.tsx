import { render } from "hono/jsx/dom";
import { Notice } from "../../ui/notice.tsx";
import { deck as words } from "../../words/en.ts";
import { getDeck, readDeckId } from "../deck-service.ts";
import { SpeakerLink } from "./speaker-link.ts";
import { SpeakerView } from "./speaker-view.tsx";

/** Where keys are the page's own: what has the focus is pressed, or scrolled. */
const PRESSED = ["Enter", " "];
const SCROLLED = ["ArrowUp", "ArrowDown", "PageUp", "PageDown"];

/** The window that a deck opens for its speaker. @throws RevintError */
export async function openSpeaker(root: HTMLElement): Promise<void> {
  const id = readDeckId();
  const main: Window | null = opener;
  if (main === null) {
    render(
      <Notice {...words.speaker.alone}>
        <a href={`/deck/${id}`}>{words.speaker.alone.open}</a>
      </Notice>,
      root,
    );
    return;
  }
  const deck = await getDeck(id);
  document.title = words.title(words.speaker.title(deck.title));
  const link = new SpeakerLink(deck, main);
  render(<SpeakerView link={link} />, root);
  addEventListener("keydown", (event) => {
    if (isOwnKey(event)) return;
    event.preventDefault();
    link.press(event.keyCode);
  });
}

/** Whether it is the browser's, or that of what has the focus, and not the deck's. */
function isOwnKey({ key, target, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || shiftKey || key === "Tab" || /^F\d/.test(key)) return true;
  if (!(target instanceof Element)) return false;
  if (PRESSED.includes(key)) return target.closest("button, a") !== null;
  return SCROLLED.includes(key) && target.matches(".notes");
}
