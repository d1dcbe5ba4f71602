import * as z from "zod";
import { Participant } from "../../shared/protocol/identity.schema.ts";
import { DELETION_PAGE, Joining } from "../lib/record.ts";

/** Names that one key holds: as many as its metadata, of 1,024 bytes, has room for. */
const NAMES_PER_KEY = 40;

/** What stands beside a key: its record. One of an earlier version is about one person. */
const Metadata = z.union([
  Joining.extend({
    participants: z.string().transform((names) => z.array(Participant).parse(names.split(","))),
  }),
  z
    .object({ participant: Participant, since: z.number(), expiresAt: z.number() })
    .transform(({ participant, ...times }) => ({ participants: [participant], ...times })),
]);

const prefixOf = (session: string) => `${session}/`;

/** Keeps who joined: a key for up to forty of them, `{session}/{the first}`. */
export async function keepJoining(kv: KVNamespace, session: string, joining: Joining): Promise<void> {
  const { participants, ...times } = joining;
  const puts: Promise<void>[] = [];
  for (let start = 0; start < participants.length; start += NAMES_PER_KEY) {
    const names = participants.slice(start, start + NAMES_PER_KEY);
    puts.push(putRecord(kv, `${prefixOf(session)}${names[0]}`, { participants: names, ...times }));
  }
  await Promise.all(puts);
}

/** Who joined a session, by key. */
export async function* listJoinings(
  kv: KVNamespace,
  session: string,
): AsyncGenerator<[key: string, Joining]> {
  for (let cursor: string | undefined; ; ) {
    const page = await kv.list({ prefix: prefixOf(session), ...(cursor !== undefined && { cursor }) });
    for (const { name, metadata } of page.keys) {
      const read = Metadata.safeParse(metadata);
      if (read.success) yield [name, read.data];
    }
    if (page.list_complete) return;
    cursor = page.cursor;
  }
}

/** Forgets one of them, and leaves those who joined with them. */
export async function forgetPerson(kv: KVNamespace, session: string, participant: string): Promise<void> {
  for await (const [key, { participants, ...times }] of listJoinings(kv, session)) {
    if (!participants.includes(participant)) continue;
    const others = participants.filter((name) => name !== participant);
    if (others.length === 0) await kv.delete(key);
    else await putRecord(kv, key, { participants: others, ...times });
  }
}

/** Forgets as many as one call may delete. @returns whether there are more */
export async function forgetSession(kv: KVNamespace, session: string): Promise<boolean> {
  const page = await kv.list({ prefix: prefixOf(session), limit: DELETION_PAGE });
  await Promise.all(page.keys.map(({ name }) => kv.delete(name)));
  return !page.list_complete;
}

/** The record is kept as the key's metadata, so that whoever lists the keys reads none of them. */
const putRecord = (kv: KVNamespace, key: string, { participants, ...times }: Joining): Promise<void> =>
  kv.put(key, "", {
    expiration: Math.ceil(times.expiresAt / 1000),
    metadata: { participants: participants.join(","), ...times },
  });
