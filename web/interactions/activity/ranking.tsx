import type { RankedPerson, Ranking as Standings } from "../../../shared/interactions/activity/ranking.ts";
import { locale } from "../../words/en/language.ts";
import { ranking as words } from "./words/en/ranking.ts";

/** A room reads so many lines. */
const DRAWN = 10;

interface Props {
  readonly ranking: Standings;
}

/** Who is best in the quiz, large, for a room: the first ten, and how many took part. Sizes are in em of what it stands in. */
export function Ranking({ ranking: { top, people } }: Props) {
  const drawn = top.slice(0, DRAWN);
  const most = Math.max(1, ...drawn.map(({ points }) => points));
  return (
    <div class="result ranking" part="result">
      {drawn.length > 0 && (
        <ol class="ranked-list" aria-label={words.title}>
          {drawn.map((person, place) => (
            // Of two people without a name nothing is known that tells them apart.
            <Ranked key={`${place}`} person={person} part={person.points / most} />
          ))}
        </ol>
      )}
      <p class="result-people">{tellPeople(drawn.length, people)}</p>
    </div>
  );
}

/** How many took part, where so many of them are listed. */
export function tellPeople(listed: number, people: number): string {
  if (people === 0) return words.nobody;
  return listed < people ? words.best(listed, people) : words.tookPart(people);
}

function Ranked({ person: { name, points, rank }, part }: { person: RankedPerson; part: number }) {
  const said = words.spoken(rank, name ?? words.unnamed, words.points(points));
  return (
    <li class={rank <= 3 ? "ranked leading" : "ranked"} aria-label={said}>
      <span class="ranked-rank" aria-hidden="true">
        {rank.toLocaleString(locale)}
      </span>
      <span class="ranked-name" aria-hidden="true">
        {name === undefined ? <i>{words.unnamed}</i> : <bdi>{name}</bdi>}
        <span class="share-track">
          <span class="share-fill" style={{ width: `${part * 100}%` }} />
        </span>
      </span>
      <b class="ranked-points" aria-hidden="true">
        {points.toLocaleString(locale)}
      </b>
    </li>
  );
}
