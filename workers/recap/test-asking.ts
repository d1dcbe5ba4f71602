import { env, listDurableObjectIds, runDurableObjectAlarm, runInDurableObject, SELF } from "cloudflare:test";
import { expect } from "vitest";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { createId } from "../lib/random.ts";

export const bindings = env as unknown as RecapEnv;

export const createSession = () => createId().slice(0, 18);

export const ask = (method: string, session: string, path = "", json?: unknown) =>
  SELF.fetch(`http://recap/session/${session}${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });

export const getStatus = async (session: string, role = "host") =>
  RecapStatus.parse(await (await ask("GET", session, `?role=${role}`)).json());

export const getPage = (session: string, role = "host") => ask("GET", session, `/page?role=${role}`);

/** Resolves when the writers have come to where nothing more comes. */
export const reach = (session: string, status: RecapStatus["status"]) =>
  expect.poll(async () => (await getStatus(session)).status).toBe(status);

/** Their time has come, whatever they wait for. */
export async function ring(): Promise<void> {
  for (const id of await listDurableObjectIds(bindings.RECAP_WRITER)) {
    const stub = bindings.RECAP_WRITER.get(id);
    await runInDurableObject(stub, (_, { storage }) => {
      storage.sql.exec("UPDATE jobs SET notBefore = 0");
      // What is to be tidied is tried again in a minute; what is to be forgotten has its own time.
      storage.sql.exec("UPDATE recaps SET dueAt = 0 WHERE dueAt < ?1", Date.now() + 61_000);
    });
    await runDurableObjectAlarm(stub);
  }
}

/** All that is kept of its bodies, by key. */
export const listKept = async (session: string) => {
  const prefix = `recap/${session}/`;
  const [inR2, inKv] = await Promise.all([
    bindings.RECAPS.list({ prefix }),
    bindings.RECAP_KV.list({ prefix }),
  ]);
  return [...inR2.objects.map(({ key }) => key), ...inKv.keys.map(({ name }) => name)];
};
