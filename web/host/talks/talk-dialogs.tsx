import type { Talk } from "../../../shared/protocol/host/talk.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { Ask } from "../../ui/ask.tsx";
import { CopyField } from "../../ui/copy-field.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { JoinAddress } from "../../ui/join-address.tsx";
import { isOnlyHere } from "../../ui/only-here.ts";
import { Qr } from "../../ui/qr.tsx";
import { useStore } from "../../ui/use-store.ts";
import { host, pages } from "../../words/en.ts";
import { EditDialog } from "../edit-dialog.tsx";
import { focusHeading } from "../focus.ts";
import { ActivitiesDialog } from "./activities-dialog.tsx";
import { DeckChoice } from "./deck-choice.tsx";
import { EARLIEST, getZone, LATEST, nameDay, readStart, writeStart } from "./start-time.ts";
import type { TalkList } from "./talk-list.ts";

const words = host.talks;

interface Props {
  readonly talk: Talk;
  readonly talks: TalkList;
}

/** What stands in front of the list. */
export function TalkDialogs({ talks }: { talks: TalkList }) {
  const { dialog, isBusy, problem } = useStore(talks.view);
  if (!dialog) return null;
  const { talk } = dialog;
  const asked = { isBusy, problem, onClose: () => talks.closeDialog() };
  if (dialog.about === "change") return <ChangeDialog talk={talk} talks={talks} />;
  if (dialog.about === "join") return <JoinDialog link={dialog.link} short={dialog.short} talks={talks} />;
  if (dialog.about === "activities") {
    return <ActivitiesDialog talk={talk} talks={talks} activities={dialog.activities} />;
  }
  if (dialog.about === "flows") return <dialog.Flows />;
  if (dialog.about === "token") {
    return <Ask {...asked} {...words.token} onConfirm={() => talks.renewToken(talk)} />;
  }
  const remove = async () => {
    // The button that asked for it is gone with the talk.
    if (await talks.delete(talk)) focusHeading();
  };
  return (
    <Ask
      {...asked}
      title={words.remove.title(talk.name)}
      text={words.remove.text}
      confirm={words.remove.confirm}
      onConfirm={remove}
    />
  );
}

function ChangeDialog({ talk, talks }: Props) {
  const { isBusy, problem } = useStore(talks.view);
  const save = (field: (name: string) => string) => {
    const [name, date] = [field("name").trim(), field("date").trim()];
    const deck = field("deck") || null;
    const startsAt = readStart(field("startsAt"));
    // As the field shows it: it knows no seconds.
    const isMoved = writeStart(startsAt) !== writeStart(talk.startsAt);
    const opensBefore = readMinutes(field("opensBefore"));
    // Its day goes along, unless its host calls it something else.
    const isDay = date === talk.date && /^\d{4}-\d\d-\d\d$/.test(date);
    void talks.change(talk, {
      ...(name !== "" && name !== talk.name && { name }),
      ...(isMoved && startsAt !== null && isDay ? { date: nameDay(startsAt) } : {}),
      ...(date !== "" && date !== talk.date && { date }),
      ...(isMoved && { startsAt }),
      ...(opensBefore !== talk.opensBefore && { opensBefore }),
      ...(deck !== talk.deck && { deck }),
    });
  };
  return (
    <EditDialog
      title={words.edit.title}
      isBusy={isBusy}
      problem={problem}
      onSave={save}
      onClose={() => talks.closeDialog()}
    >
      <label>
        {words.edit.name}
        <input
          name="name"
          dir="auto"
          required
          autofocus
          maxlength={LIMITS.nameLength}
          value={talk.name}
          autocomplete="off"
        />
      </label>
      <label>
        {words.edit.date}
        <input
          name="date"
          dir="auto"
          required
          maxlength={LIMITS.nameLength}
          value={talk.date}
          autocomplete="off"
        />
      </label>
      <label>
        {words.edit.startsAt}
        <input
          name="startsAt"
          type="datetime-local"
          min={EARLIEST}
          max={LATEST}
          value={writeStart(talk.startsAt)}
          aria-describedby="zone"
        />
      </label>
      <p id="zone" class="soft">
        {words.edit.zone(getZone())}
      </p>
      <OpensBefore talk={talk} />
      <DeckChoice decks={talks.decks} chosen={talk.deck} />
      {talk.status !== "upcoming" && <p class="soft">{words.edit.text}</p>}
    </EditDialog>
  );
}

/** Offered in steps; what was said elsewhere is one of them. */
const STEPS = [0, 5, 10, 15, 30, 60];

const readMinutes = (field: string): number | null => (field === "" ? null : Number(field));

/** Whether its session opens by itself. Once it was started, there is nothing to open. */
function OpensBefore({ talk: { status, opensBefore } }: Pick<Props, "talk">) {
  const edit = words.edit.opens;
  const steps = opensBefore === null ? STEPS : [...new Set([...STEPS, opensBefore])].sort((a, b) => a - b);
  if (status !== "upcoming") {
    return <input type="hidden" name="opensBefore" value={opensBefore === null ? "" : `${opensBefore}`} />;
  }
  return (
    <>
      <label>
        {edit.name}
        <select name="opensBefore" aria-describedby="opens">
          <option value="" selected={opensBefore === null}>
            {edit.never}
          </option>
          {steps.map((minutes) => (
            <option key={minutes} value={`${minutes}`} selected={minutes === opensBefore}>
              {edit.before(minutes)}
            </option>
          ))}
        </select>
      </label>
      <p id="opens" class="soft">
        {edit.text}
      </p>
    </>
  );
}

interface JoinDialogProps {
  readonly link: string;
  /** Its join code's address, while it has one. */
  readonly short: string;
  readonly talks: TalkList;
}

function JoinDialog({ link, short, talks }: JoinDialogProps) {
  return (
    <Dialog class="join" title={words.join.title} close={host.close} onClose={() => talks.closeDialog()}>
      <p class="soft">{short === link ? words.join.text : words.join.live}</p>
      <Qr url={short} />
      {short !== link && (
        <p class="short">
          <JoinAddress url={short} />
        </p>
      )}
      <CopyField key={link} label={words.join.link} text={link} />
      {isOnlyHere(link) && <p class="soft">{pages.onlyHere}</p>}
    </Dialog>
  );
}
