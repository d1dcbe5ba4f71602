import { useState } from "hono/jsx/dom";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { LanguageMenu } from "../../ui/language/language-menu.tsx";
import { Problem } from "../../ui/problem.tsx";
import { useStore } from "../../ui/use-store.ts";
import { whileBusy } from "../../ui/while-busy.ts";
import { host } from "../../words/en.ts";
import { readForm } from "../form.ts";
import { Heading } from "../heading.tsx";
import { Hindered } from "../hindered.tsx";
import { findOwnHindrance } from "../passkey.ts";
import { PasswordField } from "../password-field.tsx";
import type { Entrance, GoodLink } from "./entrance.ts";
import { useCountdown, Wait } from "./wait.tsx";

const words = host.entrance;

interface Props {
  readonly entrance: Entrance;
  /** Who is signed in while a link is looked at, and what leads back. */
  readonly staying?: { readonly email: string; readonly onLeave: () => void } | undefined;
}

/** Where somebody comes in: signing in, making an account, or a one-time link. */
export function EntrancePage({ entrance, staying }: Props) {
  const { door, link, signUp } = useStore(entrance.view);
  return (
    <main class="notice entrance">
      <p class="mark">revint</p>
      {door === "link" && link ? (
        <LinkForm entrance={entrance} link={link} staying={staying} />
      ) : door === "signUp" ? (
        <SignUpForm entrance={entrance} mode={signUp} />
      ) : (
        <SignInForm entrance={entrance} />
      )}
      <LanguageMenu />
    </main>
  );
}

function SignInForm({ entrance }: Pick<Props, "entrance">) {
  const { isBusy, signUp } = useStore(entrance.view);
  const hindrance = findOwnHindrance();
  const submit = (event: Event) => {
    const field = readForm(event);
    void entrance.signInWithPassword(field("email").trim(), field("password"));
  };
  return (
    <>
      <Heading>{words.signIn.title}</Heading>
      {hindrance === undefined ? (
        <>
          <button
            type="button"
            class="primary"
            {...whileBusy(isBusy)}
            onClick={() => entrance.signInWithPasskey()}
          >
            {words.signIn.passkey}
          </button>
          <p class="or">{words.or}</p>
        </>
      ) : (
        <Hindered hindrance={hindrance} />
      )}
      <form onSubmit={submit}>
        <EmailField />
        <PasswordField label={words.password} />
        <Outcome entrance={entrance} />
        <SubmitButton entrance={entrance} isPrimary={hindrance !== undefined}>
          {words.signIn.password}
        </SubmitButton>
      </form>
      {signUp !== undefined && (
        <button type="button" class="text" {...whileBusy(isBusy)} onClick={() => entrance.turnTo("signUp")}>
          {words.signIn.other}
        </button>
      )}
      <p class="aside">{words.signIn.lost}</p>
    </>
  );
}

function SignUpForm({ entrance, mode }: Pick<Props, "entrance"> & { mode: string | undefined }) {
  const { isBusy } = useStore(entrance.view);
  const other = (
    <button type="button" class="text" {...whileBusy(isBusy)} onClick={() => entrance.turnTo("signIn")}>
      {words.signUp.other}
    </button>
  );
  if (mode === "invited" || mode === "closed") {
    return (
      <>
        <Heading>{words.signUp[mode].title}</Heading>
        <p>{words.signUp[mode].text}</p>
        {other}
      </>
    );
  }
  return (
    <>
      <Heading>{words.signUp.title}</Heading>
      <p>{words.signUp.text}</p>
      <NewWayIn
        entrance={entrance}
        words={words.signUp}
        onWay={(field, password) =>
          entrance.signUp({ name: field("name").trim(), email: field("email").trim() }, password)
        }
      >
        <NameField />
        <EmailField />
      </NewWayIn>
      {other}
    </>
  );
}

/** What a one-time link is for: a new account, or a new way into one. */
function LinkForm({ entrance, link, staying }: Props & { link: GoodLink }) {
  const { isBusy, signUp } = useStore(entrance.view);
  const isNew = link.kind === "invitation";
  const leave = (
    <button
      type="button"
      class="text"
      {...whileBusy(isBusy)}
      onClick={() => (staying ? staying.onLeave() : entrance.leaveLink())}
    >
      {words.notNow}
    </button>
  );
  if (isNew && signUp === "closed") {
    return (
      <>
        <Heading>{words.invitation.closed.title}</Heading>
        <p>{words.invitation.closed.text(link.email)}</p>
        {leave}
      </>
    );
  }
  return (
    <>
      <Heading>{words[link.kind].title}</Heading>
      <p>{words[link.kind].text(link.email)}</p>
      {staying && <p class="aside">{words.isSignedIn(staying.email)}</p>}
      <NewWayIn
        entrance={entrance}
        words={isNew ? words.signUp : words.recovery}
        onWay={(field, password) =>
          isNew
            ? entrance.signUp({ name: field("name").trim(), email: link.email }, password)
            : entrance.recover(password)
        }
      >
        {/* Whatever keeps the password keeps it for this address. */}
        <EmailField known={link.email} />
        {isNew && <NameField />}
      </NewWayIn>
      {leave}
    </>
  );
}

interface NewWayInProps extends Pick<Props, "entrance"> {
  /** What the buttons say. */
  readonly words: { readonly passkey: string; readonly password: string };
  /** @param password left out, with a passkey */
  readonly onWay: (field: (name: string) => string, password: string | undefined) => unknown;
  readonly children?: unknown;
}

/** A passkey or a password for an account: the first, unless it can't be, or somebody wants the other. */
function NewWayIn({ entrance, words: buttons, onWay, children }: NewWayInProps) {
  const { isBusy, link } = useStore(entrance.view);
  const hindrance = findOwnHindrance();
  const [isPassword, setPassword] = useState(hindrance !== undefined);
  const submit = (event: Event) => {
    const field = readForm(event);
    void onWay(field, isPassword ? field("password") : undefined);
  };
  return (
    <form onSubmit={submit}>
      {children}
      {isPassword && <PasswordField label={words.newPassword} isNew />}
      {hindrance !== undefined && <Hindered hindrance={hindrance} link={link?.secret} />}
      <Outcome entrance={entrance} />
      <SubmitButton entrance={entrance} isPrimary>
        {isPassword ? buttons.password : buttons.passkey}
      </SubmitButton>
      {hindrance === undefined && (
        <button type="button" class="text" {...whileBusy(isBusy)} onClick={() => setPassword(!isPassword)}>
          {isPassword ? words.withPasskey : words.withPassword}
        </button>
      )}
    </form>
  );
}

/** How the last try went, and when the next one is possible. */
function Outcome({ entrance }: Pick<Props, "entrance">) {
  const { problem, notice, waitUntil } = useStore(entrance.view);
  return (
    <>
      <Problem>{problem}</Problem>
      <p class="told soft" role="status">
        {notice}
      </p>
      {waitUntil !== undefined && <Wait key={waitUntil} until={waitUntil} />}
    </>
  );
}

function SubmitButton({
  entrance,
  isPrimary,
  children,
}: Pick<Props, "entrance"> & { isPrimary: boolean; children: unknown }) {
  const { isBusy, waitUntil } = useStore(entrance.view);
  const isOff = useCountdown(waitUntil) > 0 || isBusy;
  // Enter in a field presses it, too.
  const click = (event: Event) => isOff && event.preventDefault();
  return (
    <button type="submit" class={isPrimary ? "primary" : ""} {...whileBusy(isOff)} onClick={click}>
      {children}
    </button>
  );
}

const NameField = () => (
  <label>
    {words.name}
    <input name="name" dir="auto" required maxlength={LIMITS.accountNameLength} autocomplete="name" />
  </label>
);

/** The address is what password managers keep a password for. @param known it can't be changed */
const EmailField = ({ known }: { known?: string }) => (
  <label>
    {words.email}
    <input
      name="email"
      type="email"
      dir="ltr"
      required
      readonly={known !== undefined}
      value={known}
      maxlength={LIMITS.emailLength}
      autocomplete="username"
      autocapitalize="none"
      spellcheck={false}
    />
  </label>
);
