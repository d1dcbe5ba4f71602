import { readFile } from "node:fs/promises";
import { rowsOf } from "../page-table.ts";

/** What the pages in docs/ say of routes and codes: the description of the API says the same, in the same words. */
export interface Words {
  /** What a route does, by its name: `starts or resumes a session`. */
  readonly summaries: ReadonlyMap<string, string>;
  /** Who may ask it. */
  readonly callers: ReadonlyMap<string, string>;
  /** When a code is answered, and what to do then. */
  readonly codes: ReadonlyMap<string, { readonly when: string; readonly advice: string }>;
}

/** What stands in a cell where there is nothing to say. */
const NOTHING = "–";

export async function readWords(): Promise<Words> {
  const [readme, protocol, hosts] = await Promise.all(
    ["README.md", "docs/protocol.md", "docs/host-protocol.md"].map((page) => readFile(page, "utf8")),
  );
  const summaries = rowsOf("| request | does", readme ?? "");
  const ofSessions = rowsOf("| request | token", protocol ?? "").map(([route = "", token = "", uid = ""]) => {
    const said = [token === NOTHING ? [] : `Token: ${token}.`, uid === NOTHING ? [] : `Uid: ${uid}.`].flat();
    return [route, said.join(" ")] as const;
  });
  const ofHosts = rowsOf("| request of a host |", hosts ?? "").map(([route = "", who = ""]) => {
    const name = route.includes(" /") ? route : route.replace(" ", " /api/v1/host/");
    return [name, `Who: ${who}.`] as const;
  });
  const codes = [protocol, hosts].flatMap((page) => rowsOf("| code | status", page ?? ""));
  return {
    summaries: new Map(summaries.map(([route = "", does = ""]) => [route, does])),
    callers: new Map([...ofSessions, ...ofHosts]),
    codes: new Map(
      codes.map(([code = "", , when = "", what = ""]) => [
        code,
        { when, advice: what === NOTHING ? "" : what },
      ]),
    ),
  };
}
