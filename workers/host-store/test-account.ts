import { env } from "cloudflare:workers";
import { createId } from "../lib/random.ts";

/** An account as a test needs it: nobody can sign in to it. */
export async function createAccount(): Promise<string> {
  const id = createId();
  await env.HOST_DB.prepare(
    `INSERT INTO accounts (id, email, email_key, name, role, created_at, last_seen_at)
     VALUES (?1, ?2, ?2, 'Ada', 'host', 1, 1)`,
  )
    .bind(id, `${id}@example.org`)
    .run();
  return id;
}
