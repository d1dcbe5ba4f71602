import { useEffect, useRef } from "hono/jsx/dom";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { Ask } from "../../ui/ask.tsx";
import { useStore } from "../../ui/use-store.ts";
import { whileBusy } from "../../ui/while-busy.ts";
import { host } from "../../words/en.ts";
import { EditDialog } from "../edit-dialog.tsx";
import { focusHeading } from "../focus.ts";
import { nameSize } from "../name-size.ts";
import { nameWhen } from "../name-when.ts";
import { Told } from "../told.tsx";
import type { DeckDialog, DeckList } from "./deck-list.ts";
import { UploadForm } from "./upload-form.tsx";

const words = host.decks;

/** The decks that somebody has brought along. */
export function DeckSection({ decks }: { decks: DeckList }) {
  const state = useStore(decks.view);
  const { list, cursor, dialog, isBusy } = state;
  const { deck: sent } = useStore(decks.upload.view);
  return (
    <>
      <UploadForm upload={decks.upload} />
      <Told
        action={state}
        isElsewhere={dialog !== undefined}
        onAgain={list ? undefined : () => decks.read()}
      />
      <section aria-labelledby="heading">
        {list === undefined && isBusy && <p aria-busy="true">{host.reading}</p>}
        {list?.length === 0 && !sent && <p class="soft">{words.none}</p>}
        <ul class="rows">
          {list?.map((deck) => (
            <DeckRow key={deck.id} deck={deck} decks={decks} />
          ))}
        </ul>
        {cursor !== undefined && (
          <button type="button" class="small" {...whileBusy(isBusy)} onClick={() => decks.readMore()}>
            {host.more}
          </button>
        )}
      </section>
      {dialog?.about === "rename" && <RenameDialog deck={dialog.deck} decks={decks} />}
      {dialog?.about === "delete" && <DeleteDialog deck={dialog.deck} decks={decks} />}
    </>
  );
}

interface Props {
  readonly deck: DeckDialog["deck"];
  readonly decks: DeckList;
}

function DeckRow({ deck, decks }: Props) {
  const { id, title, kind, status, pages, bytes, createdAt } = deck;
  const { deck: sent, made } = useStore(decks.upload.view);
  const isReady = status === "ready";
  // What is on its way right now has its own buttons.
  const isSent = sent === id;
  const facts = [
    words.kinds[kind],
    isReady && pages !== null ? words.pages(pages) : isSent ? words.isUploading : words.uploading,
    nameSize(bytes),
    nameWhen(createdAt),
  ];
  return (
    <li class="row">
      <div class="what">
        <h2 dir="auto">{title}</h2>
        <p class="soft">{facts.join(" · ")}</p>
      </div>
      <div class="buttons">
        {isReady && <Present deck={deck} decks={decks} isMade={made === id} />}
        {!isReady && !isSent && (
          <button
            type="button"
            class="small"
            aria-label={words.goOnOf(title)}
            onClick={() => decks.upload.goOnWith(deck)}
          >
            {words.goOn}
          </button>
        )}
        {!isSent && (
          <button
            type="button"
            class="small"
            aria-label={words.renameOf(title)}
            onClick={() => decks.ask("rename", deck)}
          >
            {words.rename}
          </button>
        )}
        {!isSent && (
          <button
            type="button"
            class="small danger"
            aria-label={words.removeOf(title)}
            onClick={() => decks.ask("delete", deck)}
          >
            {words.remove}
          </button>
        )}
      </div>
    </li>
  );
}

/** @param isMade just now: whoever has made it goes on by pressing Enter */
function Present({ deck, decks, isMade }: Props & { isMade: boolean }) {
  const { isBusy } = useStore(decks.view);
  const { id, title } = deck;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isMade) first.current?.focus();
  }, [isMade]);
  return (
    <>
      <button
        ref={first}
        type="button"
        class={isMade ? "small primary" : "small"}
        aria-label={words.newTalkOf(title)}
        {...whileBusy(isBusy)}
        onClick={() => decks.present(deck)}
      >
        {words.newTalk}
      </button>
      <a
        class="button small"
        href={`/deck/${encodeURIComponent(id)}`}
        target="_blank"
        rel="noreferrer"
        aria-label={words.openOf(title)}
      >
        {words.open}
      </a>
    </>
  );
}

function RenameDialog({ deck, decks }: Props) {
  const { isBusy, problem } = useStore(decks.view);
  const save = (field: (name: string) => string) => {
    const title = field("title").trim();
    if (title !== "") void decks.rename(deck, title);
  };
  return (
    <EditDialog
      title={words.edit.title}
      isBusy={isBusy}
      problem={problem}
      onSave={save}
      onClose={() => decks.closeDialog()}
    >
      <label>
        {words.edit.field}
        <input
          name="title"
          dir="auto"
          required
          autofocus
          maxlength={LIMITS.nameLength}
          value={deck.title}
          autocomplete="off"
        />
      </label>
    </EditDialog>
  );
}

function DeleteDialog({ deck, decks }: Props) {
  const { isBusy, problem } = useStore(decks.view);
  const remove = async () => {
    if (await decks.delete(deck)) focusHeading();
  };
  return (
    <Ask
      title={words.ask.title(deck.title)}
      text={words.ask.text}
      confirm={words.ask.confirm}
      isBusy={isBusy}
      problem={problem}
      onConfirm={remove}
      onClose={() => decks.closeDialog()}
    />
  );
}
