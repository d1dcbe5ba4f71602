import { useState } from "hono/jsx/dom";
import { docs as words } from "../words/en.ts";
import { ADDRESS, type Description, findRoutes, listRoutes, type Route, type Schema } from "./description.ts";
import { OperationView } from "./operation-view.tsx";
import { Prose } from "./prose.tsx";
import type { Credentials } from "./trial.ts";
import { listBounds } from "./type-text.ts";
import { TypeView } from "./type-view.tsx";

interface Props {
  readonly description: Description;
  /** What the address names: an operation, or a schema. */
  readonly asked: string;
}

/** The whole page: what there is to ask, by what it is about, and below it all schemas. */
export function App({ description, asked }: Props) {
  const [text, setText] = useState("");
  const [credentials, setCredentials] = useState<Credentials>({ token: "", uid: "" });
  const { info, tags, components } = description;
  const found = findRoutes(listRoutes(description), text);
  const groups = tags.map((tag) => ({
    ...tag,
    routes: found.filter((each) => each.tags.includes(tag.name)),
  }));
  const shown = groups.filter(({ routes }) => routes.length > 0);
  return (
    <>
      <nav aria-label={words.contents}>
        <ul>
          {shown.map(({ name }) => (
            <li>
              <a href={`#${name}`}>{name}</a>
            </li>
          ))}
          <li>
            <a href="#Schemas">{words.schemas}</a>
          </li>
        </ul>
      </nav>
      <main>
        <header>
          <p class="mark">revint</p>
          <h1>{words.heading}</h1>
          <p class="soft">{words.version(info.version)}</p>
          <Prose text={info.description} />
          <p>
            <a href={ADDRESS}>{words.document}</a>
          </p>
        </header>
        <CredentialsForm credentials={credentials} onChange={setCredentials} />
        <search>
          <label>
            {words.find}
            <input type="search" autocomplete="off" onInput={(event: Event) => setText(readValue(event))} />
          </label>
          <p class="soft" role="status">
            {words.found(found.length)}
          </p>
        </search>
        {shown.map(({ name, description: about, routes }) => (
          <TagView name={name} about={about} routes={routes} {...{ components, credentials, asked }} />
        ))}
        <section id="Schemas">
          <h2>{words.schemas}</h2>
          {Object.entries(components.schemas).map(([name, schema]) => (
            <SchemaView name={name} schema={schema} />
          ))}
        </section>
      </main>
    </>
  );
}

interface TagProps {
  readonly name: string;
  readonly about: string;
  readonly routes: readonly Route[];
  readonly components: Description["components"];
  readonly credentials: Credentials;
  readonly asked: string;
}

function TagView({ name, about, routes, components, credentials, asked }: TagProps) {
  return (
    <section id={name}>
      <h2>{name}</h2>
      <Prose text={about} />
      {routes.map((route) => (
        <OperationView
          key={route.operationId}
          route={route}
          schemas={components.schemas}
          credentials={credentials}
          isAsked={route.operationId === asked}
        />
      ))}
    </section>
  );
}

interface CredentialsProps {
  readonly credentials: Credentials;
  readonly onChange: (credentials: Credentials) => void;
}

/** No field of a form that a browser would keep, and nothing that outlives the page. */
function CredentialsForm({ credentials, onChange }: CredentialsProps) {
  const fields = [
    ["token", words.token],
    ["uid", words.uid],
  ] as const;
  return (
    <section class="who">
      <h2>{words.who}</h2>
      <p class="soft">{words.whoHint}</p>
      {fields.map(([name, label]) => (
        <label>
          {label}
          <input
            type="password"
            autocomplete="off"
            dir="ltr"
            onInput={(event: Event) => onChange({ ...credentials, [name]: readValue(event).trim() })}
          />
        </label>
      ))}
    </section>
  );
}

function SchemaView({ name, schema }: { name: string; schema: Schema }) {
  const isList = schema.oneOf?.every((one) => one.const !== undefined && one.description !== undefined);
  const bounds = listBounds(schema).join(", ");
  return (
    <section class="schema" id={name}>
      <h3>{name}</h3>
      {bounds !== "" && <p class="soft">{bounds}</p>}
      {isList ? (
        <dl class="codes">
          {schema.oneOf?.map((one) => (
            <>
              <dt>
                <code>{String(one.const)}</code>
              </dt>
              <dd>
                <Prose text={`${one.title ?? ""}. ${one.description ?? ""}`} />
              </dd>
            </>
          ))}
        </dl>
      ) : (
        <TypeView schema={schema} />
      )}
    </section>
  );
}

const readValue = ({ target }: Event): string => (target instanceof HTMLInputElement ? target.value : "");
