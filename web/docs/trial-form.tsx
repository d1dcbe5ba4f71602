import { useEffect, useRef, useState } from "hono/jsx/dom";
import { docs as words } from "../words/en.ts";
import type { Description, Route } from "./description.ts";
import { createExample } from "./example.ts";
import { type Credentials, createTrial, type Outcome, runTrial } from "./trial.ts";

interface Props {
  readonly route: Route;
  readonly schemas: Description["components"]["schemas"];
  readonly credentials: Credentials;
}

/** Sends one request to this deployment, as it is filled in, and shows what comes back. */
export function TrialForm({ route, schemas, credentials }: Props) {
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  const [isFailed, setFailed] = useState(false);
  const [running, setRunning] = useState<AbortController | undefined>(undefined);
  const last = useRef<AbortController>(undefined);
  useEffect(() => () => last.current?.abort(), []);
  const json = route.requestBody?.content["application/json"];

  const onSubmit = async (event: Event) => {
    event.preventDefault();
    const { currentTarget } = event;
    if (!(currentTarget instanceof HTMLFormElement) || running) return;
    const fields = new FormData(currentTarget);
    const filled = [...fields].map(([name, value]) => [name, String(value).trim()] as const);
    const { body, ...parameters } = Object.fromEntries(filled);
    const trial = createTrial(route, { parameters, body: json ? body : undefined }, credentials);
    const controller = new AbortController();
    last.current = controller;
    setRunning(controller);
    setFailed(false);
    setOutcome(undefined);
    try {
      await runTrial(trial, controller.signal, setOutcome);
    } catch {
      if (!controller.signal.aborted) setFailed(true);
    } finally {
      setRunning(undefined);
    }
  };

  return (
    <form class="trial" onSubmit={onSubmit}>
      {route.parameters.map(({ name, in: place, required }) => (
        <label>
          {name}
          <input
            name={`${place} ${name}`}
            required={required}
            spellcheck={false}
            autocomplete="off"
            dir="ltr"
          />
        </label>
      ))}
      {json && (
        <label>
          {words.body}
          <textarea name="body" rows={6} spellcheck={false} dir="ltr">
            {JSON.stringify(createExample(json.schema, schemas), undefined, 2)}
          </textarea>
        </label>
      )}
      <div class="buttons">
        <button type="submit" class="primary" disabled={running !== undefined}>
          {words.send(route.method)}
        </button>
        {running && (
          <button type="button" onClick={() => running.abort()}>
            {words.stop}
          </button>
        )}
      </div>
      {route.method !== "GET" && <p class="soft">{words.real}</p>}
      <div role="status">
        {isFailed && <p class="problem">{words.unsent}</p>}
        {outcome && (
          <p class="outcome">{`${words.outcome}: ${outcome.status}, ${words.took(outcome.took)}`}</p>
        )}
      </div>
      {outcome && <OutcomeView outcome={outcome} />}
    </form>
  );
}

function OutcomeView({ outcome: { headers, body } }: { outcome: Outcome }) {
  return (
    <pre tabindex={0}>
      <code>
        {headers.map(([name, value]) => `${name}: ${value}\n`).join("")}
        {`\n${body === "" ? words.empty : body}`}
      </code>
    </pre>
  );
}
