import { isText, parseFields } from "../client/fields.ts";

/** What a host token is for: its name and date make the session. */
export interface Talk {
  readonly name: string;
  readonly date: string;
}

/**
 * Reads the talk from a host token, which says it for everyone to read and is signed. `undefined`:
 * it is none, such as a co-host's, or says it in no way that is known here.
 */
export function readTalk(token: string): Talk | undefined {
  const [payload = ""] = token.split(".");
  try {
    const binary = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
    const text = new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
    const { name, date } = parseFields(text) ?? {};
    return isText(name) && isText(date) ? { name, date } : undefined;
  } catch {
    return undefined;
  }
}

/** The same from the service, which tells it to everyone who knows the session; `undefined` when it does not answer. */
export async function askTalk(apiUrl: string, sessionUid: string): Promise<Talk | undefined> {
  try {
    const answer = await fetch(`${apiUrl}/api/v1/session/${encodeURIComponent(sessionUid)}`, {
      credentials: "omit",
    });
    const { name, date } = parseFields(await answer.text()) ?? {};
    return isText(name) && isText(date) ? { name, date } : undefined;
  } catch {
    return undefined;
  }
}
