import { readSessionUid } from "../../../shared/protocol/session-uid.ts";
import { Api } from "../../client/api.ts";
import { getShortLink } from "../../ui/join-link.ts";

/** The address with the join code of the session that a link leads to, while it has one; or else that link. */
export async function findShortLink(joinUrl: string): Promise<string> {
  try {
    const { joinCode } = await new Api(location.origin).getSession(readSessionUid(joinUrl) ?? "");
    return getShortLink({ joinUrl, joinCode }, location.origin);
  } catch {
    return joinUrl;
  }
}
