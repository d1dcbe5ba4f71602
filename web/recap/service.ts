import type { RecapEdit, RecapStatus } from "../../shared/protocol/recap.ts";
import { unreadable } from "../client/api.ts";
import { toRecapStatus } from "../ui/recap-service.ts";
import { type Pass, readFields, request, send } from "../ui/service.ts";
import { type Draft, readDraft } from "./draft.ts";

/* What a host asks the service for about a recap, besides how it stands. All throw RevintError. */

/** An answer that is not there by then is taken for lost, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** @throws RevintError `recap_not_found` */
export const publishRecap = async (pass: Pass, published: boolean): Promise<RecapStatus> =>
  toRecapStatus(await readFields(pass, "/recap/publish", { method: "POST", body: { published } }));

/** The whole page as it would be served. */
export async function getPage(pass: Pass): Promise<string> {
  const answer = await request(pass, "/recap/page", { signal: AbortSignal.timeout(TIMEOUT_MS) });
  return answer.text();
}

export async function getDraft(pass: Pass): Promise<Draft> {
  const draft = readDraft(await readFields(pass, "/recap/document"));
  if (!draft) throw unreadable();
  return draft;
}

/** @throws RevintError `conflict`: it was changed since */
export const saveEdit = async (pass: Pass, body: RecapEdit): Promise<RecapStatus> =>
  toRecapStatus(await readFields(pass, "/recap/document", { method: "PUT", body }));

export const eraseRecap = async (pass: Pass): Promise<void> => {
  await send(pass, "/recap", { method: "DELETE" });
};

/** Progress, and what is written, as it is written; the signal ends it. */
export async function openRecapEvents(pass: Pass, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const { body, status } = await request(pass, "/recap/events", { signal });
  if (!body) throw unreadable(status);
  return body;
}
