import type { PasskeyOptions, PasskeyPurpose, SignUpMode } from "../../../shared/protocol/host/account.ts";
import { type Site, toEmailKey } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId, hashSecret } from "../../lib/random.ts";
import type { Store } from "../store.ts";
import { readAccount } from "./accounts.ts";
import { type ChallengePurpose, createChallenge } from "./challenges.ts";
import { readLink, readRecovered } from "./links.ts";
import { listPasskeys } from "./passkeys.ts";
import { assertMaySignUp } from "./sign-up.ts";
import { sweep } from "./sweep.ts";
import { createAuthentication, createRegistration, type PasskeyOwner } from "./webauthn.ts";

/** Who asks, and from where. */
export interface OptionsContext {
  readonly site: Site;
  readonly mode: SignUpMode;
  /** The account that is signed in, if one is. */
  readonly account?: string | undefined;
}

/** What a browser is to be asked for with a passkey. @throws `sign_up_refused`, `link_not_valid`, `not_signed_in` */
export async function createOptions(
  { db, now, after }: Store,
  wanted: PasskeyPurpose,
  { site, mode, account }: OptionsContext,
): Promise<PasskeyOptions> {
  after(sweep(db, now));
  if (wanted.for === "sign-in") {
    const challenge = await createChallenge(db, { for: "sign-in" }, now);
    return { options: { ...(await createAuthentication(challenge, site)) } };
  }
  const { purpose, owner } = await findOwner(db, wanted, mode, account, now);
  const challenge = await createChallenge(db, purpose, now);
  return { options: { ...(await createRegistration(challenge, site, owner)) } };
}

async function findOwner(
  db: D1Database,
  wanted: Exclude<PasskeyPurpose, { for: "sign-in" }>,
  mode: SignUpMode,
  signedIn: string | undefined,
  now: number,
): Promise<{ purpose: ChallengePurpose; owner: PasskeyOwner }> {
  switch (wanted.for) {
    case "sign-up": {
      const invitation = wanted.link === undefined ? null : await hashSecret(wanted.link);
      await assertMaySignUp(db, mode, invitation, now);
      const email = invitation === null ? wanted.email : (await readLink(db, invitation, now)).email;
      const account = createId();
      return {
        purpose: { for: "sign-up", account, emailKey: toEmailKey(wanted.email), invitation },
        // Nobody is told which passkeys an account has that they are not signed in to.
        owner: { account, email, name: wanted.name, passkeys: [] },
      };
    }
    case "recover": {
      const recovery = await hashSecret(wanted.link);
      const { id: account, email, name } = await readRecovered(db, recovery, now);
      return {
        purpose: { for: "recover", account, recovery },
        // Those of before are gone then: the same device may have had one.
        owner: { account, email, name, passkeys: [] },
      };
    }
    case "add": {
      if (signedIn === undefined) throw new ProblemError("not_signed_in", "sign in, and try again");
      const { email, name } = await readAccount(db, signedIn);
      const passkeys = (await listPasskeys(db, signedIn)).map(({ id }) => id);
      return {
        purpose: { for: "add", account: signedIn },
        owner: { account: signedIn, email, name, passkeys },
      };
    }
  }
}
