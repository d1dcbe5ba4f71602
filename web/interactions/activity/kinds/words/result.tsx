import { useEffect, useMemo, useRef, useState } from "hono/jsx/dom";
import type { Tally } from "../../../../../shared/interactions/activity/tally.ts";
import { LIMITS } from "../../../../../shared/protocol/limits.ts";
import { result as said } from "../../words/en/result.ts";
import type { ActivityOf, KindResult } from "../result.ts";
import { type Cloud, CloudDrawing } from "./cloud-drawing.ts";
import type { Word } from "./cloud-size.ts";
import { words } from "./words/en/result.ts";

/** Colours there are. */
const COLOURS = 4;
/** Without a cloud, words have so many sizes. */
const LEVELS = 4;

/** A cloud: what more people said is larger. Two rounds are two clouds. */
export const wordsResult: KindResult<ActivityOf<"words">> = {
  name: words.name,
  Drawing: ({ tally, earlier }) => (
    <div class={earlier ? "clouds two" : "clouds"}>
      {earlier && <WordCloud key={`round ${earlier.round}`} tally={earlier} />}
      <WordCloud key={`round ${tally.round}`} tally={tally} />
    </div>
  ),
};

function WordCloud({ tally }: { tally: Tally }) {
  const [cloud, setCloud] = useState<Cloud | undefined>(undefined);
  const drawing = useMemo(() => new CloudDrawing(setCloud), []);
  const element = useRef<HTMLDivElement>(null);
  const all = listWords(tally);
  const drawn = all.slice(0, LIMITS.toldKeys);
  useEffect(() => () => drawing.stop(), []);
  useEffect(() => {
    if (element.current && drawn.length > 0) drawing.draw(drawn, element.current);
    else setCloud(undefined);
  }, [drawn.map(([text, count]) => `${count} ${text}`).join("\n")]);
  const most = Math.max(1, ...all.map(([, count]) => count));
  const left = all.length - (cloud?.words ?? drawn).length;
  return (
    <div class="cloud" ref={element}>
      {cloud && <CloudPicture cloud={cloud} />}
      <ul class={cloud ? "cloud-list visually-hidden" : "cloud-list"}>
        {drawn.map(([text, count]) => (
          <li key={text} class={`level${Math.round((count / most) * LEVELS)}`}>
            <bdi>{text}</bdi> <span class="visually-hidden">: {said.people(count)}</span>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p class="cloud-more" aria-hidden="true">
          {words.more(left)}
        </p>
      )}
    </div>
  );
}

const CloudPicture = ({ cloud: { size, words } }: { cloud: Cloud }) => (
  <svg
    class="cloud-picture"
    viewBox={`${-size.width / 2} ${-size.height / 2} ${size.width} ${size.height}`}
    aria-hidden="true"
  >
    {words.map((word) => (
      <text
        key={word.text}
        class={`cloud-word w${pickColour(word.text)}`}
        style={{ transform: `translate(${word.x}px, ${word.y}px)`, fontSize: `${word.size}px` }}
        text-anchor="middle"
      >
        {word.text}
      </text>
    ))}
  </svg>
);

/** Most frequent first. */
const listWords = ({ counts }: Tally): Word[] =>
  Object.entries(counts).sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));

/** A word keeps its colour wherever it stands. */
const pickColour = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % COLOURS;
