import { useLayoutEffect } from "hono/jsx/dom";
import { getOwn } from "../../client/record.ts";
import { useStore } from "../../ui/use-store.ts";
import { whileBusy } from "../../ui/while-busy.ts";
import { host } from "../../words/en.ts";
import { nameWhen } from "../name-when.ts";
import { Told } from "../told.tsx";
import type { OwnAccount } from "./own-account.ts";

const words = host.account.log;

/** What happened at the account's door, for whoever wonders whether it was them. */
export function LogView({ account }: { account: OwnAccount }) {
  const state = useStore(account.log);
  const { entries, cursor, isBusy } = state;
  useLayoutEffect(() => {
    if (account.log.get().entries === undefined) void account.readLog();
  }, []);
  return (
    <>
      <Told action={state} onAgain={() => account.readLog()} />
      {entries === undefined && isBusy && <p aria-busy="true">{host.reading}</p>}
      {entries?.length === 0 && <p class="soft">{words.none}</p>}
      {entries !== undefined && entries.length > 0 && (
        <table class="log">
          <thead>
            <tr>
              <th scope="col">{words.at}</th>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.where}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ at, event, browser, address }, index) => (
              <tr key={index} class={event === "failed" ? "failed" : ""}>
                <td>{nameWhen(at)}</td>
                <td>{getOwn(words.events, event) ?? event}</td>
                <td>
                  <span dir="auto">{browser}</span> <bdi class="soft">{address}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {cursor !== undefined && (
        <button type="button" class="small" {...whileBusy(isBusy)} onClick={() => account.readLog()}>
          {host.more}
        </button>
      )}
    </>
  );
}
