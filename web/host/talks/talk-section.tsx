import { useEffect, useRef } from "hono/jsx/dom";
import type { Talk } from "../../../shared/protocol/host/talk.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { isOnlyHere } from "../../ui/only-here.ts";
import { useStore } from "../../ui/use-store.ts";
import { whileBusy } from "../../ui/while-busy.ts";
import { host, pages } from "../../words/en.ts";
import { readForm } from "../form.ts";
import { Told } from "../told.tsx";
import { DeckChoice } from "./deck-choice.tsx";
import { sortByStart } from "./start-time.ts";
import { TalkCard } from "./talk-card.tsx";
import { TalkDialogs } from "./talk-dialogs.tsx";
import type { TalkList } from "./talk-list.ts";

const words = host.talks;

const GROUPS = ["running", "upcoming", "over"] as const satisfies readonly Talk["status"][];

/** A new talk in one field, and all there are. */
export function TalkSection({ talks }: { talks: TalkList }) {
  const state = useStore(talks.view);
  const { list, cursor, dialog, isBusy } = state;
  return (
    <>
      <NewTalk talks={talks} />
      {list?.some(({ status }) => status !== "over") && isOnlyHere(location.href) && (
        <p class="soft">{pages.onlyHere}</p>
      )}
      <Told
        action={state}
        isElsewhere={dialog !== undefined}
        onAgain={list ? undefined : () => talks.read()}
      />
      {list === undefined && isBusy && <p aria-busy="true">{host.reading}</p>}
      {GROUPS.map((group) => (
        <Group key={group} group={group} talks={talks} />
      ))}
      {cursor !== undefined && (
        <button type="button" class="small" {...whileBusy(isBusy)} onClick={() => talks.readMore()}>
          {host.more}
        </button>
      )}
      <TalkDialogs talks={talks} />
    </>
  );
}

function NewTalk({ talks }: { talks: TalkList }) {
  const { list, isBusy } = useStore(talks.view);
  const submit = async (event: Event) => {
    const field = readForm(event);
    const form = event.currentTarget ?? event.target;
    const name = field("name").trim();
    if (name === "") return;
    const isMade = await talks.create(name, field("deck") || null);
    if (isMade && form instanceof HTMLFormElement) form.reset();
  };
  const isFirst = list?.length === 0;
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // There is one thing to do here.
    if (isFirst) first.current?.focus();
  }, [isFirst]);
  return (
    <section class="new-talk">
      {isFirst && (
        <div class="first">
          <h2>{words.first.title}</h2>
          <p class="soft">{words.first.text}</p>
        </div>
      )}
      <form class="line" onSubmit={(event: Event) => void submit(event)}>
        <label>
          {words.field}
          <input
            ref={first}
            name="name"
            dir="auto"
            required
            maxlength={LIMITS.nameLength}
            autocomplete="off"
          />
        </label>
        <DeckChoice decks={talks.decks} chosen={null} />
        <button type="submit" class="primary" {...whileBusy(isBusy)}>
          {words.create}
        </button>
      </form>
    </section>
  );
}

function Group({ group, talks }: { group: (typeof GROUPS)[number]; talks: TalkList }) {
  const { list = [] } = useStore(talks.view);
  const those = list.filter(({ status }) => status === group);
  const members = group === "upcoming" ? sortByStart(those) : those;
  if (members.length === 0) return null;
  return (
    <section class={`group ${group}`} aria-labelledby={group}>
      <h2 id={group}>{words.groups[group]}</h2>
      <ul class="rows">
        {members.map((talk) => (
          <TalkCard key={talk.id} talk={talk} talks={talks} />
        ))}
      </ul>
    </section>
  );
}
