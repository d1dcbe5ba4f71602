import { useState } from "hono/jsx/dom";
import { docs as words } from "../words/en.ts";
import type { Answer, Description, Parameter, Route } from "./description.ts";
import { Marked, Prose } from "./prose.tsx";
import type { Credentials } from "./trial.ts";
import { TrialForm } from "./trial-form.tsx";
import { listBounds } from "./type-text.ts";
import { TypeView } from "./type-view.tsx";

interface Props {
  readonly route: Route;
  readonly schemas: Description["components"]["schemas"];
  readonly credentials: Credentials;
  /** It is the one that the address names. */
  readonly isAsked: boolean;
}

/** One request: a line, and behind it all that there is to say. */
export function OperationView({ route, schemas, credentials, isAsked }: Props) {
  const { method, path, summary, operationId } = route;
  const [isOpen, setOpen] = useState(isAsked);
  const onToggle = ({ target, currentTarget }: Event) => {
    // Those inside it are told of here, too.
    if (target === currentTarget && target instanceof HTMLDetailsElement) setOpen(target.open);
  };
  return (
    <details class="operation" id={operationId} open={isOpen} onToggle={onToggle}>
      <summary>
        <span class={`method ${method.toLowerCase()}`}>{method}</span>
        <code class="path">{path}</code>
        <span class="summary">{summary}</span>
      </summary>
      {isOpen && <Details route={route} schemas={schemas} credentials={credentials} />}
    </details>
  );
}

function Details({ route, schemas, credentials }: Omit<Props, "isAsked">) {
  const { path, parameters, description, requestBody, responses, security } = route;
  const json = requestBody?.content["application/json"];
  return (
    <div class="inside">
      {description !== undefined && <Prose text={description} />}
      <p class="soft">{nameNeeds(security)}</p>
      {parameters.length > 0 && (
        <>
          <h3>{words.takes}</h3>
          <dl class="parameters">
            {parameters.map((one) => (
              <ParameterView parameter={one} />
            ))}
          </dl>
        </>
      )}
      {requestBody && (
        <>
          <h3>{words.body}</h3>
          <p class="soft">
            {[Object.keys(requestBody.content).join(", "), requestBody.description ?? ""].join(" ")}
          </p>
          {json && <TypeView schema={json.schema} schemas={schemas} />}
        </>
      )}
      <h3>{words.answers}</h3>
      <dl class="answers">
        {Object.entries(responses).map(([status, answer]) => (
          <AnswerView status={status} answer={answer} schemas={schemas} />
        ))}
      </dl>
      <h3>{words.tryIt}</h3>
      {path.startsWith("/ws/") ? (
        <p class="soft">{words.pipe}</p>
      ) : (
        <TrialForm route={route} schemas={schemas} credentials={credentials} />
      )}
    </div>
  );
}

function nameNeeds(security: Route["security"]): string {
  if (security.length === 0) return words.nobody;
  const named: Readonly<Record<string, string>> = words.needsOf;
  const ways = security.map((way) =>
    Object.keys(way)
      .map((one) => named[one] ?? one)
      .join(words.and),
  );
  return `${words.needs}: ${ways.filter((way) => way !== "").join(words.or)}`;
}

function ParameterView({ parameter }: { parameter: Parameter }) {
  const { name, in: place, required, description, schema } = parameter;
  const said = [
    words.places[place],
    required ? "" : words.optional,
    ...listBounds(schema),
    description ?? "",
  ];
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>{said.filter((each) => each !== "").join(", ")}</dd>
    </>
  );
}

interface AnswerProps {
  readonly status: string;
  readonly answer: Answer;
  readonly schemas: Props["schemas"];
}

function AnswerView({ status, answer, schemas }: AnswerProps) {
  const { description, content = {} } = answer;
  const good = Object.entries(content).filter(([type]) => type !== "application/problem+json");
  return (
    <>
      <dt>{status}</dt>
      <dd>
        <Marked text={description} />
        {good.map(([type, { schema }]) => (
          <div>
            <p class="soft">{type}</p>
            {schema.contentSchema && <p class="soft">{words.lines}</p>}
            {(type === "application/json" || schema.contentSchema) && (
              <TypeView schema={schema.contentSchema ?? schema} schemas={schemas} />
            )}
          </div>
        ))}
      </dd>
    </>
  );
}
