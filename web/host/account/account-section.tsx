import type { Passkey, SignedIn } from "../../../shared/protocol/host/account.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { Ask } from "../../ui/ask.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { useStore } from "../../ui/use-store.ts";
import { whileBusy } from "../../ui/while-busy.ts";
import { host } from "../../words/en.ts";
import { ConfirmByEmail } from "../confirm-by-email.tsx";
import { focusHeading } from "../focus.ts";
import { readForm } from "../form.ts";
import { Hindered } from "../hindered.tsx";
import { nameWhen } from "../name-when.ts";
import { findOwnHindrance } from "../passkey.ts";
import { PasswordField } from "../password-field.tsx";
import { Told } from "../told.tsx";
import { LogView } from "./log-view.tsx";
import type { OwnAccount, Part } from "./own-account.ts";

const words = host.account;

interface Props {
  readonly account: OwnAccount;
}

/** What somebody is called, their ways in, and the way out. */
export function AccountSection({ account }: Props) {
  return (
    <>
      <Profile account={account} />
      <Passkeys account={account} />
      <PasswordSection account={account} />
      <Browsers account={account} />
      <section aria-labelledby="log">
        <h2 id="log">{words.log.title}</h2>
        <Disclosure summary={words.log.text}>{() => <LogView account={account} />}</Disclosure>
      </section>
      <Leaving account={account} />
      <Dialogs account={account} />
    </>
  );
}

/** How it went, in the part where it was done. */
function ToldIn({ account, part }: Props & { part: Part }) {
  const state = useStore(account.view);
  const isHere = state.part === part;
  return <Told action={isHere ? state : NOTHING} isElsewhere={state.dialog !== undefined} />;
}

const NOTHING = { isBusy: false, problem: undefined, notice: undefined } as const;

function Profile({ account }: Props) {
  const { me, isBusy } = useStore(account.view);
  const { name, email } = me.account;
  const submit = (event: Event) => {
    const wanted = readForm(event)("name").trim();
    if (wanted !== "" && wanted !== name) void account.setName(wanted);
  };
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">{words.profile}</h2>
      <p>
        <span class="soft">{words.email}</span> <bdi dir="ltr">{email}</bdi>
      </p>
      <form class="line" onSubmit={submit}>
        <label>
          {words.name}
          <input
            name="name"
            dir="auto"
            required
            maxlength={LIMITS.accountNameLength}
            value={name}
            autocomplete="name"
          />
        </label>
        <button type="submit" {...whileBusy(isBusy)}>
          {host.save}
        </button>
      </form>
      <ToldIn account={account} part="profile" />
    </section>
  );
}

function Passkeys({ account }: Props) {
  const { me, isBusy } = useStore(account.view);
  const { passkeys } = me;
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{words.passkeys.title}</h2>
      <p class="soft">{words.passkeys.text}</p>
      {passkeys.length === 0 && <p>{words.passkeys.none}</p>}
      <ul class="rows">
        {passkeys.map((passkey) => (
          <li key={passkey.id} class="row">
            <div class="what">
              <h3 dir="auto">{passkey.name}</h3>
              <p class="soft">{describe(passkey)}</p>
            </div>
            <button
              type="button"
              class="small"
              {...whileBusy(isBusy)}
              aria-label={words.passkeys.removeOf(passkey.name)}
              onClick={() => account.ask({ about: "passkey", passkey })}
            >
              {words.passkeys.remove}
            </button>
          </li>
        ))}
      </ul>
      <NewPasskey account={account} />
      <ToldIn account={account} part="passkeys" />
    </section>
  );
}

const describe = ({ createdAt, usedAt }: Passkey): string =>
  [
    words.passkeys.added(nameWhen(createdAt)),
    usedAt === null ? words.passkeys.unused : words.passkeys.used(nameWhen(usedAt)),
  ].join(" · ");

function NewPasskey({ account }: Props) {
  const { me, isBusy } = useStore(account.view);
  const hindrance = findOwnHindrance();
  if (hindrance !== undefined) return <Hindered hindrance={hindrance} />;
  if (me.passkeys.length >= LIMITS.passkeys) return null;
  const submit = (event: Event) => {
    void account.addPasskey(readForm(event)("name").trim() || words.passkeys.defaultName);
  };
  return (
    <form class="line" onSubmit={submit}>
      <label>
        {words.passkeys.name}
        <input
          name="name"
          dir="auto"
          maxlength={LIMITS.accountNameLength}
          value={me.signedIn.find(({ isThis }) => isThis)?.browser ?? words.passkeys.defaultName}
          autocomplete="off"
        />
      </label>
      <button type="submit" {...whileBusy(isBusy)}>
        {words.passkeys.add}
      </button>
    </form>
  );
}

function PasswordSection({ account }: Props) {
  const { me, isBusy } = useStore(account.view);
  const { hasPassword, email } = me.account;
  const submit = async (event: Event) => {
    const field = readForm(event);
    const form = event.currentTarget ?? event.target;
    const isSet = await account.setPassword(field("password"), hasPassword ? field("current") : undefined);
    if (isSet && form instanceof HTMLFormElement) form.reset();
  };
  return (
    <section aria-labelledby="password">
      <h2 id="password">{words.password.title}</h2>
      <p class="soft">{hasPassword ? words.password.has : words.password.hasNone}</p>
      <form onSubmit={(event: Event) => void submit(event)}>
        {/* What keeps passwords learns whose this one is. */}
        <input hidden type="email" name="email" value={email} autocomplete="username" readonly />
        {hasPassword && <PasswordField name="current" label={words.password.current} />}
        <PasswordField label={words.password.next} isNew />
        <div class="line">
          <button type="submit" {...whileBusy(isBusy)}>
            {words.password.set}
          </button>
          <p class="soft">{words.password.text}</p>
        </div>
      </form>
      <ToldIn account={account} part="password" />
    </section>
  );
}

function Browsers({ account }: Props) {
  const { me, isBusy } = useStore(account.view);
  return (
    <section aria-labelledby="browsers">
      <h2 id="browsers">{words.browsers.title}</h2>
      <ul class="rows">
        {me.signedIn.map((browser) => (
          <Browser key={browser.id} browser={browser} account={account} />
        ))}
      </ul>
      <div class="buttons">
        <button type="button" {...whileBusy(isBusy)} onClick={() => account.signOut(false)}>
          {words.browsers.here}
        </button>
        <button type="button" {...whileBusy(isBusy)} onClick={() => account.ask({ about: "everywhere" })}>
          {words.browsers.everywhere}
        </button>
      </div>
      <ToldIn account={account} part="browsers" />
    </section>
  );
}

function Browser({ browser: signedIn, account }: Props & { browser: SignedIn }) {
  const { isBusy } = useStore(account.view);
  const { browser, isThis, createdAt, seenAt } = signedIn;
  const signOut = async () => {
    if (await account.signOutBrowser(signedIn)) focusHeading();
  };
  const facts = [words.browsers.since(nameWhen(createdAt)), words.browsers.seen(nameWhen(seenAt))];
  return (
    <li class="row">
      <div class="what">
        <h3>
          <span dir="auto">{browser}</span>
          {isThis && <span class="soft"> ({words.browsers.isThis})</span>}
        </h3>
        <p class="soft">{facts.join(" · ")}</p>
      </div>
      {!isThis && (
        <button
          type="button"
          class="small"
          {...whileBusy(isBusy)}
          aria-label={words.browsers.signOutOf(browser)}
          onClick={signOut}
        >
          {words.browsers.signOut}
        </button>
      )}
    </li>
  );
}

function Leaving({ account }: Props) {
  const { isBusy } = useStore(account.view);
  return (
    <section aria-labelledby="leaving">
      <h2 id="leaving">{words.remove.title}</h2>
      <p class="soft">{words.remove.text}</p>
      <div class="buttons">
        <button
          type="button"
          class="danger"
          {...whileBusy(isBusy)}
          onClick={() => account.ask({ about: "delete" })}
        >
          {words.remove.open}
        </button>
      </div>
      <ToldIn account={account} part="delete" />
    </section>
  );
}

function Dialogs({ account }: Props) {
  const { me, dialog, isBusy, problem } = useStore(account.view);
  if (!dialog) return null;
  const asked = { isBusy, problem, onClose: () => account.closeDialog() };
  if (dialog.about === "passkey") {
    const { passkey } = dialog;
    const remove = async () => {
      if (await account.removePasskey(passkey)) focusHeading();
    };
    const { title, ...rest } = words.passkeys.ask;
    return <Ask {...asked} {...rest} title={title(passkey.name)} onConfirm={remove} />;
  }
  if (dialog.about === "everywhere") {
    return <Ask {...asked} {...words.browsers.ask} onConfirm={() => account.signOut(true)} />;
  }
  return (
    <ConfirmByEmail
      {...asked}
      title={words.remove.ask}
      text={words.remove.text}
      confirm={words.remove.confirm}
      email={me.account.email}
      onConfirm={() => account.delete()}
    />
  );
}
