import type { RecapStatus } from "../../shared/protocol/recap.ts";
import { unreadable } from "../client/api.ts";
import type { RevintError } from "../client/error.ts";
import { type Fields, isNumber, isText } from "../client/fields.ts";
import { recap as words } from "../words/en.ts";
import type { HostPass } from "./host-pass.ts";
import { type Pass, readFields } from "./service.ts";

/* The recap of a session, as pages ask for it. */

/** A recap asks for tokens alone: those of the audience and of a host come without a uid. */
export const toRecapPass = (sessionUid: string, { token, invitation }: HostPass): Pass => ({
  sessionUid,
  token,
  uid: invitation?.hostUid ?? "",
});

/** Where a session's recap is read, and where its host has it made. */
export const recapPath = (sessionUid: string): string =>
  `/recap?${new URLSearchParams({ session: sessionUid })}`;

const STATUSES = [
  "none",
  "queued",
  "writing",
  "done",
  "failed",
] as const satisfies readonly RecapStatus["status"][];
const AUTHORS = ["model", "template"] as const satisfies readonly RecapStatus["by"][];

export function readRecapStatus(fields: Fields): RecapStatus | undefined {
  const { position, progress, version, edited, publishedAt, failure } = fields;
  const status = STATUSES.find((status) => status === fields.status);
  const by = AUTHORS.find((author) => author === fields.by);
  if (!status) return undefined;
  return {
    status,
    ...(isNumber(position) && { position }),
    ...(isNumber(progress) && { progress }),
    ...(isText(version) && { version }),
    ...(by && { by }),
    ...(edited === true && { edited }),
    ...(isNumber(publishedAt) && { publishedAt }),
    ...(isText(failure) && { failure }),
  };
}

export function toRecapStatus(fields: Fields): RecapStatus {
  const status = readRecapStatus(fields);
  if (!status) throw unreadable();
  return status;
}

/** How it stands; `none` is also what everybody but hosts hears of one that is not published. @throws RevintError */
export const getRecap = async (pass: Pass): Promise<RecapStatus> =>
  toRecapStatus(await readFields(pass, "/recap"));

/** Has it made, or made anew. @throws RevintError `session_running` */
export const makeRecap = async (pass: Pass): Promise<RecapStatus> =>
  toRecapStatus(await readFields(pass, "/recap", { method: "POST" }));

/** Why something was not done about a recap, and what to do then. */
export function nameRecapProblem({ code, retryAfter }: RevintError): string {
  const { problems } = words;
  if (code === "session_running") return problems.running;
  if (code === "session_not_found") return problems.gone;
  if (code === "recap_not_found") return problems.missing;
  if (code === "too_large") return problems.tooLarge;
  if (code === "unavailable" && retryAfter !== undefined && retryAfter > 1)
    return problems.busy(Math.ceil(retryAfter));
  if (["invalid_token", "wrong_session", "not_host", "role_not_allowed"].includes(code))
    return problems.refused;
  return problems.notDone;
}
