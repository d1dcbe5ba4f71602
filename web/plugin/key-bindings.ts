import { plugin as words } from "../words/en.ts";
import type { Deck } from "./deck.ts";
import { KEY_NAMES, type KeyName } from "./options.ts";

/**
 * Gives the deck our keys, which its help lists.
 * @param letters a key without one is not bound
 * @returns what takes them back
 */
export function bindKeys(
  deck: Deck,
  letters: { readonly [Name in KeyName]?: string | undefined },
  press: (name: KeyName) => void,
): () => void {
  const codes = KEY_NAMES.flatMap((name) => {
    const key = letters[name];
    if (key === undefined) return [];
    const keyCode = key.charCodeAt(0);
    deck.addKeyBinding({ keyCode, key, description: words.keys[name] }, () => press(name));
    return keyCode;
  });
  return () => {
    for (const code of codes) deck.removeKeyBinding(code);
  };
}
