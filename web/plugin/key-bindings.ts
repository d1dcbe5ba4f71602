import { plugin as words } from "../words/en.ts";
import type { Deck } from "./deck.ts";
import { type KeyName, OWN_KEYS } from "./options.ts";

/**
 * Gives the deck our keys, which its help lists.
 * @param letters a key without one is not bound
 * @param names those that the deck's slides need
 * @returns what takes them back
 */
export function bindKeys(
  deck: Deck,
  letters: { readonly [Name in KeyName]?: string | undefined },
  press: (name: KeyName) => void,
  names: readonly KeyName[] = OWN_KEYS,
): () => void {
  const codes = names.flatMap((name) => {
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
