import { useEffect, useRef, useState } from "hono/jsx/dom";
import type { CoHostRole } from "../../shared/protocol/co-host.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { CopyField } from "../ui/copy-field.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { nameMoment } from "../ui/duration.ts";
import { getField } from "../ui/field.ts";
import { FieldForm } from "../ui/field-form.tsx";
import { type HostPass, writePassLink } from "../ui/host-pass.ts";
import { PressTwice } from "../ui/press-twice.tsx";
import { Problem } from "../ui/problem.tsx";
import { useStore } from "../ui/use-store.ts";
import { common, stage } from "../words/en.ts";
import { type CoHost, type Invited, nameCoHost, ROLES } from "./co-hosts.ts";
import type { StageSession } from "./stage-session.ts";

const words = stage.coHosts;

/** Who hosts too: invited, listed and removed by the host, and who of them drives the deck. */
export function CoHostsDialog({ stage }: { stage: StageSession }) {
  const { list, invited, isBusy, problem, notice } = useStore(stage.coHosts.view);
  const close = () => {
    stage.coHosts.forget();
    stage.ask(undefined);
  };
  return (
    <Dialog class="co-hosts invitations" title={words.title} close={words.close} onClose={close}>
      <Driving stage={stage} list={list ?? []} />
      <Problem>{problem}</Problem>
      {list === undefined ? (
        <Unread stage={stage} isBusy={isBusy} />
      ) : (
        <List stage={stage} list={list} isBusy={isBusy} />
      )}
      <p class="soft told" role="status">
        {notice}
      </p>
      <Invite stage={stage} isBusy={isBusy} />
      {invited && <Link key={invited.pass.token} {...invited} />}
    </Dialog>
  );
}

function Driving({ stage, list }: { stage: StageSession; list: readonly CoHost[] }) {
  const { isDriving, driver } = useStore(stage.view);
  const { isBusy, problem } = useStore(stage.action);
  const presenter = list.find(({ participant }) => participant === driver);
  return (
    <div class="driving">
      <p role="status">
        {isDriving ? words.youDrive : words.drives(presenter ? nameCoHost(presenter) : words.someone)}
      </p>
      {!isDriving && (
        <button type="button" class="small" disabled={isBusy} onClick={() => stage.takeOver()}>
          {words.takeOver}
        </button>
      )}
      <Problem>{problem}</Problem>
    </div>
  );
}

interface Props {
  readonly stage: StageSession;
  readonly isBusy: boolean;
}

function Unread({ stage, isBusy }: Props) {
  if (isBusy) return <p aria-busy="true">{words.reading}</p>;
  return (
    <button type="button" class="small" onClick={() => stage.coHosts.read()}>
      {common.tryAgain}
    </button>
  );
}

function List({ stage, list, isBusy }: Props & { list: readonly CoHost[] }) {
  const { driver } = useStore(stage.view);
  const heading = useRef<HTMLHeadingElement>(null);
  const remove = async (coHost: CoHost) => {
    await stage.coHosts.remove(coHost);
    // The button that had it is gone.
    heading.current?.focus();
  };
  return (
    <div class="invited">
      <h3 ref={heading} id="invited" tabindex={-1}>
        {words.invited}
      </h3>
      {list.length === 0 && <p class="soft">{words.nobody}</p>}
      <ul aria-labelledby="invited">
        {list.map((coHost) => {
          const name = nameCoHost(coHost);
          return (
            <li key={coHost.participant}>
              <p>
                <b>
                  <bdi>{name}</bdi>
                </b>
                {coHost.participant === driver && <span class="badge">{words.drivesNow}</span>}
                <br />
                <span class="soft">
                  {coHost.name !== undefined && `${words.roles[coHost.role].name} · `}
                  {words.invitedAt(nameMoment(coHost.invitedAt))}
                </span>
              </p>
              <PressTwice
                text={words.remove}
                question={words.reallyRemove}
                label={words.removeOf(name)}
                questionLabel={words.reallyRemoveOf(name)}
                isBusy={isBusy}
                onPress={() => remove(coHost)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Invite({ stage, isBusy }: Props) {
  const [role, setRole] = useState<CoHostRole>("presenter");
  const submit = async (event: Event) => {
    event.preventDefault();
    const name = getField(event, "name");
    await stage.coHosts.invite(role, name?.value.trim() ?? "");
    if (name && stage.coHosts.view.get().problem === undefined) name.value = "";
  };
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend>{words.invite}</legend>
        {ROLES.map((one) => (
          <label class="check" key={one}>
            <input type="radio" name="role" checked={role === one} onChange={() => setRole(one)} />
            <span>
              <b>{words.roles[one].name}</b> <span class="soft">{words.roles[one].may}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        {words.name}
        <input name="name" dir="auto" maxlength={LIMITS.nameLength} autocomplete="off" />
      </label>
      <button type="submit" disabled={isBusy}>
        {words.create}
      </button>
    </form>
  );
}

/** Shown once: it is nowhere to be had again. */
function Link({ role, pass }: Invited) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div class="invitation">
      <h3 ref={heading} tabindex={-1}>
        {words.link[role]}
      </h3>
      <p class="secret">{words.secret}</p>
      <CopyField label={words.stageLink} text={writePassLink(`${location.origin}/stage`, pass) ?? ""} />
      {role === "presenter" && <DeckLink pass={pass} />}
    </div>
  );
}

/** Only who has the deck knows where it is. */
function DeckLink({ pass }: { pass: HostPass }) {
  const [link, setLink] = useState<string | undefined>("");
  const made = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (link) made.current?.scrollIntoView({ block: "nearest" });
  }, [link]);
  return (
    <>
      <p>{words.deckText}</p>
      <FieldForm
        label={words.deckAddress}
        action={words.makeDeckLink}
        button=""
        inputmode="url"
        problem={link === undefined && words.noDeckAddress}
        onText={(address) => setLink(writePassLink(address, pass))}
      />
      <div ref={made}>{link && <CopyField key={link} label={words.deckLink} text={link} />}</div>
    </>
  );
}
