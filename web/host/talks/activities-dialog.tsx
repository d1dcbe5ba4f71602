import { useRef } from "hono/jsx/dom";
import type { Talk } from "../../../shared/protocol/host/talk.ts";
import { getOwn } from "../../client/record.ts";
import { hostSlots } from "../../interactions/host.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useStore } from "../../ui/use-store.ts";
import { whileBusy } from "../../ui/while-busy.ts";
import { host } from "../../words/en.ts";
import { readForm } from "../form.ts";
import { Told } from "../told.tsx";
import type { TalkList } from "./talk-list.ts";
import type { SavedActivity } from "./talk-service.ts";

const words = host.talks.activities;

interface Props {
  readonly talk: Talk;
  readonly talks: TalkList;
  readonly activities: readonly SavedActivity[];
}

/** What is saved to be asked, and what other talks have that may be asked here, too. */
export function ActivitiesDialog({ talk, talks, activities }: Props) {
  const state = useStore(talks.view);
  const list = useRef<HTMLUListElement>(null);
  const remove = async (id: string) => {
    await talks.removeActivity(talk, id);
    // The button that had it is gone.
    list.current?.focus();
  };
  return (
    <Dialog title={words.title} close={host.close} isBusy={state.isBusy} onClose={() => talks.closeDialog()}>
      <p dir="auto">{talk.name}</p>
      <p class="soft">{words.text}</p>
      {activities.length === 0 && <p>{words.none}</p>}
      <ul ref={list} class="saved" tabindex={-1} aria-label={words.title}>
        {activities.map(({ id, kind, prompt }) => (
          <li key={id}>
            <span>
              <span dir="auto">{prompt}</span>
              <span class="soft">{getOwn(words.kinds, kind) ?? kind}</span>
            </span>
            <button
              type="button"
              class="small"
              {...whileBusy(state.isBusy)}
              aria-label={words.removeOf(prompt)}
              onClick={() => remove(id)}
            >
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
      <Told action={state} />
      {hostSlots.map(({ Preparing }) => (
        <Preparing
          preparation={{
            isBusy: state.isBusy,
            save: (activity) => talks.saveActivity(talk, { ...activity }),
          }}
        />
      ))}
      {talk.status !== "upcoming" && <Made talk={talk} talks={talks} />}
      <Copy talk={talk} talks={talks} />
    </Dialog>
  );
}

/** What its session has that is not saved. */
function Made({ talk, talks }: Omit<Props, "activities">) {
  const { isBusy } = useStore(talks.view);
  const submit = (event: Event) => {
    event.preventDefault();
    void talks.keepMade(talk);
  };
  return (
    <form onSubmit={submit} aria-labelledby="made">
      <h3 id="made">{words.made.title}</h3>
      <p class="soft">{words.made.text}</p>
      <div class="buttons">
        <button type="submit" {...whileBusy(isBusy)}>
          {words.made.keep}
        </button>
      </div>
    </form>
  );
}

function Copy({ talk, talks }: Omit<Props, "activities">) {
  const { list = [], isBusy } = useStore(talks.view);
  const others = list.filter(({ id }) => id !== talk.id);
  const submit = (event: Event) => {
    const from = readForm(event)("from");
    if (from !== "") void talks.copyActivities(talk, from);
  };
  if (others.length === 0) return <p class="soft">{words.noOther}</p>;
  return (
    <form onSubmit={submit} aria-labelledby="copy-from">
      <h3 id="copy-from">{words.copy}</h3>
      <label>
        {words.from}
        <select name="from">
          {others.map(({ id, name, date }) => (
            <option key={id} value={id}>
              {name} · {date}
            </option>
          ))}
        </select>
      </label>
      <div class="buttons">
        <button type="submit" {...whileBusy(isBusy)}>
          {words.take}
        </button>
      </div>
    </form>
  );
}
