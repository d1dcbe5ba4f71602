import { useRef, useState } from "hono/jsx/dom";
import { useStore } from "../../ui/use-store.ts";
import { host } from "../../words/en.ts";
import { readForm } from "../form.ts";
import { nameSize } from "../name-size.ts";
import { Told } from "../told.tsx";
import type { DeckUpload } from "./deck-upload.ts";

const words = host.decks.upload;

/** Screen readers hear of the progress so often, in percent. */
const TOLD_PERCENT = 25;

/** Where somebody brings a deck along: picked, dropped, or written right here. */
export function UploadForm({ upload }: { upload: DeckUpload }) {
  const state = useStore(upload.view);
  const [isOver, setOver] = useState(false);
  const start = (files: FileList | null | undefined) => void upload.start([...(files ?? [])]);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    start(event.dataTransfer?.files);
  };
  return (
    <section
      aria-labelledby="bring"
      class={isOver ? "bring over" : "bring"}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id="bring">{words.title}</h2>
      <p class="soft">{words.text}</p>
      {state.phase === "idle" ? <Choose onFiles={start} upload={upload} /> : <Progress upload={upload} />}
      <Told action={state} />
    </section>
  );
}

function Choose({ onFiles, upload }: { onFiles: (files: FileList | null) => void; upload: DeckUpload }) {
  const field = useRef<HTMLInputElement>(null);
  const pick = () => {
    const input = field.current;
    onFiles(input?.files ?? null);
    // The same file may be picked once more, such as after it was mended.
    if (input) input.value = "";
  };
  return (
    <>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => field.current?.click()}>
          {words.choose}
        </button>
        <input
          ref={field}
          type="file"
          class="visually-hidden"
          tabIndex={-1}
          aria-label={words.choose}
          multiple
          accept=".pdf,.md,.markdown,application/pdf,text/markdown,image/png,image/jpeg,image/gif,image/webp,image/avif"
          onChange={pick}
        />
      </div>
      <Write upload={upload} />
    </>
  );
}

/** How somebody begins who has no file at all. */
function Write({ upload }: { upload: DeckUpload }) {
  const submit = (event: Event) => {
    const text = readForm(event)("markdown");
    if (text.trim() !== "")
      void upload.start([new File([text], words.write.file, { type: "text/markdown" })]);
  };
  return (
    <details>
      <summary>{words.write.open}</summary>
      <form onSubmit={submit}>
        <label>
          {words.write.field}
          <textarea name="markdown" rows={14} spellcheck={true} required>
            {words.write.example}
          </textarea>
        </label>
        <div class="buttons">
          <button type="submit" class="primary">
            {words.write.save}
          </button>
        </div>
      </form>
    </details>
  );
}

function Progress({ upload }: { upload: DeckUpload }) {
  const { phase, title, sent, total } = useStore(upload.view);
  const isSending = phase === "sending" || phase === "waiting";
  const percent = total === 0 ? 0 : Math.floor((100 * sent) / total);
  const told = TOLD_PERCENT * Math.floor(percent / TOLD_PERCENT);
  const said = {
    idle: "",
    reading: words.reading,
    sending: words.sending(title),
    waiting: words.waiting,
    finishing: words.finishing,
  }[phase];
  return (
    <div class="sending">
      <p id="sending" dir="auto">
        {said}
      </p>
      <progress aria-labelledby="sending" max={100} {...(isSending && { value: percent })} />
      {isSending && <p class="soft">{words.progress(nameSize(sent), nameSize(total))}</p>}
      <p class="visually-hidden" role="status">
        {phase === "sending" && told > 0 ? words.percent(told) : said}
      </p>
      {phase !== "finishing" && (
        <div class="buttons">
          <button type="button" class="small" onClick={() => upload.cancel()}>
            {words.cancel}
          </button>
        </div>
      )}
    </div>
  );
}
