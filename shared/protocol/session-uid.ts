import { SESSION_UID } from "./identity.ts";

/** The sessionUid in what somebody typed or pasted: itself, or a link's, also in several lines; never anything of a link's fragment. */
export function readSessionUid(text: string): string | undefined {
  const [link = ""] = text.replaceAll(/\s/g, "").split("#");
  const given = /[?&]session=([^&\s]*)/.exec(link)?.[1] ?? link;
  return SESSION_UID.test(given) ? given : undefined;
}
