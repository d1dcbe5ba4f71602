import type { Blank } from "../../shared/protocol/flow-recipes.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { automations as words } from "../words/en.ts";
import type { NamedActivity } from "./flow-list.ts";

interface Props {
  readonly blank: Blank;
  /** What stands in it at first. */
  readonly text: string;
  readonly problem: string | undefined;
  readonly activities: readonly NamedActivity[];
}

/** A blank of a sentence, as a field in its line. */
export function BlankField({ blank: { name, kind }, text, problem, activities }: Props) {
  const facts = {
    name,
    "aria-label": words.blanks[kind].name,
    "aria-invalid": problem === undefined ? undefined : ("true" as const),
    "aria-describedby": problem === undefined ? undefined : `wrong-${name}`,
  };
  return (
    <span class={kind === "url" ? "blank wide" : "blank"}>
      {kind === "activity" && (
        <Choice {...facts} text={text} choices={activities.map(({ id, prompt }) => [id, prompt])} />
      )}
      {kind === "zone" && (
        <Choice
          {...facts}
          text={text || getZone()}
          choices={listZones().map((zone) => [zone, zone.replaceAll("_", " ")])}
        />
      )}
      {kind === "time" && <input {...facts} type="datetime-local" value={text || getNextHour()} />}
      {kind === "url" && (
        <input
          {...facts}
          inputmode="url"
          dir="ltr"
          placeholder="https://"
          maxlength={LIMITS.urlLength}
          {...RAW}
          value={text}
        />
      )}
      {(kind === "count" || kind === "share" || kind === "minutes") && (
        <input {...facts} inputmode="numeric" size={4} {...RAW} value={text} />
      )}
      {problem !== undefined && (
        <span id={`wrong-${name}`} class="problem">
          {problem}
        </span>
      )}
    </span>
  );
}

/** Nothing completes or corrects it. */
const RAW = { autocomplete: "off", autocapitalize: "none", spellcheck: false } as const;

interface ChoiceProps {
  readonly text: string;
  readonly choices: readonly (readonly [value: string, name: string])[];
  readonly name: string;
}

/** What is chosen already stays a choice, also where it is not among them. */
function Choice({ text, choices, ...facts }: ChoiceProps) {
  const isThere = text === "" || choices.some(([value]) => value === text);
  return (
    <select {...facts}>
      {text === "" && <option value="">{words.choose}</option>}
      {!isThere && (
        <option value={text} selected>
          {text}
        </option>
      )}
      {choices.map(([value, name]) => (
        <option key={value} value={value} selected={value === text}>
          {name}
        </option>
      ))}
    </select>
  );
}

const getZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const listZones = (): readonly string[] => Intl.supportedValuesOf("timeZone");

/** The next full hour that is not upon us, on the clock of whoever looks, as `2027-03-28T18:00`. */
function getNextHour(): string {
  const time = new Date(Date.now() + 90 * 60_000);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day}T${two(time.getHours())}:00`;
}
