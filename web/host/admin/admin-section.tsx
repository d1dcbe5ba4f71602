import { useEffect, useRef } from "hono/jsx/dom";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { CopyField } from "../../ui/copy-field.tsx";
import { useStore } from "../../ui/use-store.ts";
import { whileBusy } from "../../ui/while-busy.ts";
import { host } from "../../words/en.ts";
import { ConfirmByEmail } from "../confirm-by-email.tsx";
import { focusHeading } from "../focus.ts";
import { readForm } from "../form.ts";
import { nameSize } from "../name-size.ts";
import { nameWhen } from "../name-when.ts";
import { Told } from "../told.tsx";
import type { UsedAccount } from "./admin-service.ts";
import type { AllAccounts, MadeLink } from "./all-accounts.ts";

const words = host.admin;

interface Props {
  readonly admin: AllAccounts;
}

/** Every account with what it uses, and the links that let people in. */
export function AdminSection({ admin }: Props) {
  const state = useStore(admin.view);
  const { list = [], cursor, link, leaving, isBusy } = state;
  if (admin.own.role !== "admin") return <Told action={state} />;
  return (
    <>
      <Invite admin={admin} />
      <Told action={state} isElsewhere={leaving !== undefined} />
      {link && <Link key={link.url} link={link} />}
      <section aria-labelledby="accounts">
        <h2 id="accounts">{words.list}</h2>
        <ul class="rows">
          {list.map((account) => (
            <Row key={account.id} account={account} admin={admin} />
          ))}
        </ul>
        {cursor !== undefined && (
          <button type="button" class="small" {...whileBusy(isBusy)} onClick={() => admin.readMore()}>
            {host.more}
          </button>
        )}
      </section>
      {leaving && <DeleteDialog account={leaving} admin={admin} />}
    </>
  );
}

function Invite({ admin }: Props) {
  const { isBusy } = useStore(admin.view);
  const submit = (event: Event) => {
    const field = readForm(event);
    void admin.invite(field("email").trim(), field("role") === "admin" ? "admin" : "host");
  };
  return (
    <section aria-labelledby="invite">
      <h2 id="invite">{words.invite.title}</h2>
      <form class="line" onSubmit={submit}>
        <label>
          {host.entrance.email}
          <input
            name="email"
            type="email"
            dir="ltr"
            required
            maxlength={LIMITS.emailLength}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
          />
        </label>
        <label class="narrow">
          {words.invite.role}
          <select name="role">
            <option value="host">{words.invite.roles.host}</option>
            <option value="admin">{words.invite.roles.admin}</option>
          </select>
        </label>
        <button type="submit" class="primary" {...whileBusy(isBusy)}>
          {words.invite.create}
        </button>
      </form>
    </section>
  );
}

/** Shown once: it is nowhere to be had again. */
function Link({ link: { kind, email, url, expiresAt } }: { link: MadeLink }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section class="made-link" aria-labelledby="made-link">
      <h2 id="made-link" ref={heading} tabindex={-1}>
        {words.link[kind](email)}
      </h2>
      <p>{words.link.text(nameWhen(expiresAt))}</p>
      <CopyField label={words.link[kind](email)} text={url} />
    </section>
  );
}

function Row({ account, admin }: Props & { account: UsedAccount }) {
  const { isBusy } = useStore(admin.view);
  const { id, email, name, role, lastSeenAt, isDeleting, ...usage } = account;
  const isOwn = id === admin.own.id;
  const facts = [
    words.talks(usage.talks),
    words.decks(usage.decks),
    nameSize(usage.bytes),
    isDeleting ? words.isDeleting : words.seen(nameWhen(lastSeenAt)),
  ];
  return (
    <li class="row">
      <div class="what">
        <h3>
          <span dir="auto">{name}</span>
          {role === "admin" && <span class="tag">{words.invite.roles.admin}</span>}
          {isOwn && <span class="tag">{words.isYou}</span>}
        </h3>
        <p>
          <bdi dir="ltr">{email}</bdi>
        </p>
        <p class="soft">{facts.join(" · ")}</p>
      </div>
      {!isDeleting && !isOwn && (
        <div class="buttons">
          <button
            type="button"
            class="small"
            {...whileBusy(isBusy)}
            aria-label={words.recoverOf(email)}
            onClick={() => admin.makeRecovery(account)}
          >
            {words.recover}
          </button>
          <button
            type="button"
            class="small"
            {...whileBusy(isBusy)}
            aria-label={role === "admin" ? words.makeHostOf(email) : words.makeAdminOf(email)}
            onClick={() => admin.setRole(account, role === "admin" ? "host" : "admin")}
          >
            {role === "admin" ? words.makeHost : words.makeAdmin}
          </button>
          <button
            type="button"
            class="small danger"
            {...whileBusy(isBusy)}
            aria-label={words.removeOf(email)}
            onClick={() => admin.askDelete(account)}
          >
            {words.remove}
          </button>
        </div>
      )}
    </li>
  );
}

function DeleteDialog({ account, admin }: Props & { account: UsedAccount }) {
  const { isBusy, problem } = useStore(admin.view);
  const remove = async () => {
    if (await admin.delete(account)) focusHeading();
  };
  return (
    <ConfirmByEmail
      title={words.ask.title(account.email)}
      text={words.ask.text}
      confirm={words.ask.confirm}
      email={account.email}
      problem={problem}
      isBusy={isBusy}
      onConfirm={remove}
      onClose={() => admin.askDelete(undefined)}
    />
  );
}
