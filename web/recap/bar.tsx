import { Ask } from "../ui/ask.tsx";
import { CopyField } from "../ui/copy-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Problem } from "../ui/problem.tsx";
import { whileBusy } from "../ui/while-busy.ts";
import { recap as words } from "../words/en.ts";
import { Editor } from "./editor.tsx";
import type { HostRecap } from "./host-recap.ts";
import { isUnderWay } from "./recap-events.ts";
import type { View } from "./view.ts";

interface Props {
  readonly view: View;
  readonly recap: HostRecap;
}

/** What only hosts see of the page: how the recap stands, and what they may do about it. */
export function Bar({ view, recap }: Props) {
  const { role, status, notice, problem, question, draft, isBroken } = view;
  if (status.status === "none") return <Nothing view={view} recap={recap} />;
  const isQuiet = question === undefined && draft === undefined;
  return (
    <aside class="bar" aria-label={words.bar}>
      <p class="state" role="status">
        {words.state(status)}
      </p>
      {isUnderWay(status) && <Progress view={view} />}
      {isBroken && <p class="soft">{words.broken}</p>}
      <p class="told" role="status">
        {notice}
      </p>
      <Problem>{isQuiet && problem}</Problem>
      {role === "host" && <Actions view={view} recap={recap} />}
      {status.publishedAt !== undefined && (
        <CopyField key={recap.link} label={words.link} text={recap.link} />
      )}
      {question && <FirstAsk view={view} recap={recap} question={question} />}
      {draft && <Editor view={view} recap={recap} draft={draft} />}
    </aside>
  );
}

/** A talk without a recap. */
function Nothing({ view: { role, isBusy, problem, notice }, recap }: Props) {
  const isHost = role === "host";
  return (
    <Notice title={words.none.title} text={isHost ? words.none.text : words.none.forCoHosts} isBusy={isBusy}>
      <span class="told" role="status">
        {notice}
      </span>
      <Problem>{problem}</Problem>
      {isHost && (
        <button type="button" class="primary" {...whileBusy(isBusy)} onClick={() => recap.make()}>
          {isBusy ? words.offer.making : words.offer.make}
        </button>
      )}
      <a class="button" href={`/results${location.search}`}>
        {words.results}
      </a>
    </Notice>
  );
}

function Progress({ view: { status, written } }: { view: View }) {
  return (
    <div class="progress">
      <progress
        max={1}
        value={status.status === "writing" ? (status.progress ?? 0) : 0}
        aria-label={words.progress}
      />
      {written.length > 0 && (
        <details open>
          <summary>{words.written}</summary>
          <ol class="written" dir="auto">
            {written.map(({ section, text }, index) => (
              <li key={`${section} ${index}`}>{text}</li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function Actions({ view: { status, isBusy }, recap }: Props) {
  const isPublished = status.publishedAt !== undefined;
  return (
    <div class="buttons">
      <button
        type="button"
        class={isPublished ? "small" : "small primary"}
        {...whileBusy(isBusy)}
        onClick={() => recap.publish(!isPublished)}
      >
        {isPublished ? words.takeBack : words.publish}
      </button>
      <button
        type="button"
        class="small"
        disabled={isUnderWay(status)}
        {...whileBusy(isBusy)}
        onClick={() => recap.edit()}
      >
        {words.edit}
      </button>
      <button
        type="button"
        class="small"
        disabled={isUnderWay(status)}
        {...whileBusy(isBusy)}
        onClick={() => isBusy || recap.ask("remake")}
      >
        {status.status === "failed" ? words.retry : words.remake}
      </button>
      <button
        type="button"
        class="small danger"
        {...whileBusy(isBusy)}
        onClick={() => isBusy || recap.ask("erase")}
      >
        {words.erase}
      </button>
      <a class="button small" href={`/results${location.search}`}>
        {words.results}
      </a>
    </div>
  );
}

function FirstAsk({ view, recap, question }: Props & { question: "remake" | "erase" }) {
  const { status, isBusy, problem } = view;
  const onClose = () => recap.ask(undefined);
  if (question === "erase") {
    return <Ask {...words.askErase} {...{ isBusy, problem, onClose }} onConfirm={() => recap.erase()} />;
  }
  const { title, text, edited, published, confirm } = words.askRemake;
  return (
    <Ask {...{ title, text, confirm, isBusy, problem, onClose }} onConfirm={() => recap.make()}>
      {status.edited && <p>{edited}</p>}
      {status.publishedAt !== undefined && <p>{published}</p>}
    </Ask>
  );
}
