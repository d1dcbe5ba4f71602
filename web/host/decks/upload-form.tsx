import { useEffect, useRef, useState } from "hono/jsx/dom";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { useStore } from "../../ui/use-store.ts";
import { host } from "../../words/en.ts";
import { readForm } from "../form.ts";
import { nameSize } from "../name-size.ts";
import { Told } from "../told.tsx";
import { toPercent, type Upload } from "./upload.ts";
import { WriteForm } from "./write-form.tsx";

const words = host.decks.upload;

/** What a browser offers first; whatever else is picked is looked at all the same. */
const ACCEPTED =
  ".pdf,.md,.markdown,.txt,application/pdf,text/markdown,image/png,image/jpeg,image/gif,image/webp,image/avif";

/** Where somebody brings a deck along: picked, dropped, or written right here. */
export function UploadForm({ upload }: { upload: Upload }) {
  const state = useStore(upload.view);
  const { phase, isWriting } = state;
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(phase === "idle" || phase === "chosen");
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void upload.pick([...(event.dataTransfer?.files ?? [])]);
  };
  return (
    <section
      aria-labelledby="bring"
      class={isOver ? "bring over" : "bring"}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id="bring">{words.heading}</h2>
      {phase === "idle" && <Choose upload={upload} />}
      {phase === "idle" && isWriting && <WriteForm upload={upload} />}
      {phase === "chosen" && <Chosen upload={upload} />}
      {phase !== "idle" && phase !== "chosen" && <Progress upload={upload} />}
      <Told action={state} />
    </section>
  );
}

function Choose({ upload }: { upload: Upload }) {
  const { wanted, isWriting } = useStore(upload.view);
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // A file can only be asked for where somebody presses: this is one press away.
    if (wanted) button.current?.focus();
  }, [wanted]);
  const pick = () => {
    const input = field.current;
    const files = [...(input?.files ?? [])];
    // The same file may be picked once more, such as after it was mended.
    if (input) input.value = "";
    void upload.pick(files);
  };
  return (
    <>
      <p class="soft">{wanted ? words.wanted(wanted.title) : words.text}</p>
      <div class="buttons">
        <button
          ref={button}
          type="button"
          class={isWriting && !wanted ? undefined : "primary"}
          onClick={() => field.current?.click()}
        >
          {words.choose}
        </button>
        <input ref={field} type="file" hidden multiple accept={ACCEPTED} onChange={pick} />
        {wanted && (
          <button type="button" onClick={() => upload.goOnWith(undefined)}>
            {words.notWanted}
          </button>
        )}
        {!wanted && !isWriting && (
          <button type="button" onClick={() => upload.setWriting(true)}>
            {words.write.open}
          </button>
        )}
      </div>
    </>
  );
}

/** What was chosen is fine, and may get another title. */
function Chosen({ upload }: { upload: Upload }) {
  const { chosen } = useStore(upload.view);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.select();
  }, []);
  if (!chosen) return null;
  const { kind, title, file, pages, pictures } = chosen;
  const facts = [
    host.decks.kinds[kind],
    ...(pages === undefined ? [] : [host.decks.pages(pages)]),
    ...(pictures.length === 0 ? [] : [words.pictures(pictures.length)]),
    nameSize([file, ...pictures].reduce((sum, { size }) => sum + size, 0)),
  ];
  return (
    <form onSubmit={(event: Event) => void upload.send(readForm(event)("title"))}>
      <p class="soft" role="status">
        {words.chosen(facts.join(", "))}
      </p>
      <label>
        {words.title}
        <input
          ref={field}
          name="title"
          dir="auto"
          required
          maxlength={LIMITS.nameLength / 2}
          value={title}
          autocomplete="off"
        />
      </label>
      <div class="buttons">
        <button type="submit" class="primary">
          {words.send}
        </button>
        <button type="button" onClick={() => upload.cancel()}>
          {words.notThis}
        </button>
      </div>
    </form>
  );
}

function Progress({ upload }: { upload: Upload }) {
  const { phase, title, sent, total, told } = useStore(upload.view);
  const isSending = phase === "sending" || phase === "waiting";
  const said = {
    ...{ idle: "", chosen: "", reading: words.reading, sending: words.sending(title) },
    ...{ waiting: words.waiting, finishing: words.finishing, stopping: words.stopping },
  }[phase];
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // What was pressed is gone.
    button.current?.focus();
  }, []);
  return (
    <div class="sending">
      <p id="sending" dir="auto">
        {said}
      </p>
      <progress aria-labelledby="sending" max={100} {...(isSending && { value: toPercent(sent, total) })} />
      {isSending && <p class="soft">{words.progress(nameSize(sent), nameSize(total))}</p>}
      {isSending && <p class="soft">{words.hint}</p>}
      <p class="visually-hidden" role="status">
        {phase === "sending" && told > 0 ? words.percent(told) : said}
      </p>
      {phase !== "finishing" && phase !== "stopping" && (
        <div class="buttons">
          <button ref={button} type="button" class="small" onClick={() => upload.cancel()}>
            {words.cancel}
          </button>
        </div>
      )}
    </div>
  );
}
