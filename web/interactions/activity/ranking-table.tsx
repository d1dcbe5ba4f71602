import type { Ranking } from "../../../shared/interactions/activity/ranking.ts";
import { locale } from "../../words/en/language.ts";
import { tellPeople } from "./ranking.tsx";
import { ranking as words } from "./words/en/ranking.ts";

/** Who is best in the quiz, as far as the service lists them. */
export const RankingTable = ({ ranking: { top, people } }: { ranking: Ranking }) => (
  <>
    <p class="soft">{tellPeople(top.length, people)}</p>
    {top.length > 0 && (
      // Whoever has no finger on it scrolls with the keyboard.
      <section class="scroll" aria-label={words.title} tabindex={0}>
        <table class="ranking-table">
          <thead>
            <tr>
              <th scope="col" class="figure">
                {words.rank}
              </th>
              <th scope="col">{words.name}</th>
              <th scope="col" class="figure">
                {words.pointsHead}
              </th>
            </tr>
          </thead>
          <tbody>
            {top.map(({ name, points, rank }, place) => (
              // Of two people without a name nothing is known that tells them apart.
              <tr key={`${place}`}>
                <td class="figure">{rank.toLocaleString(locale)}</td>
                <th scope="row">
                  {name === undefined ? <i class="soft">{words.unnamed}</i> : <bdi>{name}</bdi>}
                </th>
                <td class="figure">{points.toLocaleString(locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    )}
  </>
);
