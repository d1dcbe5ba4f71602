import { readProblem, unreadable } from "../client/api.ts";
import { isStale, toRevintError } from "../client/error.ts";
import { isText, parseFields } from "../client/fields.ts";
import { common, pages as words } from "../words/en.ts";
import { forgetPass, type HostPass, keepPass, readPass } from "./host-pass.ts";

/** An answer that is not there by then is taken for lost, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** The session that a pass is for: an invitation says it, and of a host token the service knows. @throws RevintError */
async function findSession({ token, invitation }: HostPass): Promise<string> {
  if (invitation) return invitation.sessionUid;
  try {
    const response = await fetch("/api/v1/session", {
      headers: { "x-session-token": token },
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw readProblem(response, text);
    const sessionUid = parseFields(text)?.sessionUid;
    if (!isText(sessionUid)) throw unreadable(response.status);
    return sessionUid;
  } catch (error) {
    throw toRevintError(error);
  }
}

/** Whether it is a host token that is good, and whose session nobody has started. */
export const isUnstarted = async (pass: HostPass): Promise<boolean> =>
  pass.invitation === undefined &&
  findSession(pass).then(
    () => false,
    (error: unknown) => toRevintError(error).code === "session_not_found",
  );

/** Hears of a pass whose session nobody has started, where the page can do something about it. */
export type OnNotStarted = (pass: HostPass) => void;

/**
 * Opens this page anew for the session of a pass, which the tab keeps: its name alone stands in the address.
 * @returns what to tell whoever gave the pass, when there is no such session and nobody else hears of it
 */
export async function openOwnSession(
  pass: HostPass,
  onNotStarted?: OnNotStarted,
): Promise<string | undefined> {
  keepPass(location.origin, pass);
  try {
    const session = await findSession(pass);
    location.replace(`${location.pathname}?${new URLSearchParams({ session })}`);
    return undefined;
  } catch (error) {
    const { code } = toRevintError(error);
    if (code === "session_not_found") {
      if (!onNotStarted || pass.invitation) return words.ownSession.notStarted;
      onNotStarted(pass);
      return undefined;
    }
    if (!isStale(code) && code !== "not_host") return words.ownSession.failed;
    forgetPass(location.origin);
    return words.ownSession.refused;
  }
}

/**
 * The same for a page whose address names no session: with the pass that the link had, or else that the tab has kept.
 * @returns when the page stays where it is, with what was wrong with the link
 */
export async function openWithoutName(
  link: string | undefined,
  kept: HostPass | undefined,
  onNotStarted?: OnNotStarted,
): Promise<{ readonly problem: string | undefined } | undefined> {
  const pass = link === undefined ? kept : readPass(link);
  const problem = pass ? await openOwnSession(pass, onNotStarted) : common.noPass;
  return pass && problem === undefined ? undefined : { problem: link && problem };
}
