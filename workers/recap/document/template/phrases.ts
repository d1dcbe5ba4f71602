import type { RecapMaterial } from "../../material/material.ts";
import { checkStatement } from "../check.ts";
import { DraftStatement } from "../draft.ts";

/** Ways to say one thing, the best first. Of those that are let through the first is said: one may quote what is no plain text. */
type Ways = readonly (string | false | undefined)[];

/** Puts sentences together for one recap. */
export class Phrases {
  readonly #material: RecapMaterial;
  readonly #ids: ReadonlySet<string>;
  /** How often each set was used. */
  readonly #turns = new Map<readonly unknown[], number>();

  constructor(material: RecapMaterial) {
    this.#material = material;
    this.#ids = new Set(
      material.sections.flatMap((section) => [
        section.id,
        ...(section.type === "questions" ? section.questions.map(({ id }) => id) : []),
      ]),
    );
  }

  /** The next one of a set: so that neighbours do not read alike. */
  vary<T>(set: readonly [T, ...T[]]): T {
    const turn = this.#turns.get(set) ?? 0;
    this.#turns.set(set, turn + 1);
    return set[turn % set.length] ?? set[0];
  }

  /** A paragraph of these sentences, each as it can be said; none where nothing can. */
  say(section: string, sources: readonly string[], ...sentences: readonly Ways[]): DraftStatement[] {
    const known = [...new Set(sources)].filter((source) => this.#ids.has(source));
    let said: DraftStatement | undefined;
    for (const ways of sentences) {
      for (const way of ways) {
        if (!way) continue;
        const text = said ? `${said.text} ${way}` : way;
        const { data } = DraftStatement.safeParse({ section, text, sources: known });
        const checked = data && checkStatement(data, this.#material);
        if (!checked) continue;
        said = checked;
        break;
      }
    }
    return said ? [said] : [];
  }
}
