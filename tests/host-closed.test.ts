import { expect, test } from "vitest";
import { createSecret, hashSecret } from "../workers/lib/random.ts";
import { findBarriers, photograph, type Scene, setScene, TALL_PHONE } from "./browser.ts";

let { revint, visit } = {} as Scene;
setScene((scene) => ({ revint, visit } = scene), { api: { SIGN_UP: "closed" } });

/** A link as it was made when the door was open. */
async function makeLink(kind: "invitation" | "recovery", email: string): Promise<string> {
  const secret = createSecret();
  await revint.changeHosts(
    `INSERT INTO links (secret_hash, kind, email, email_key, role, created_at, expires_at)
     VALUES (?1, ?2, ?3, ?3, 'host', 1, 9e15)`,
    ...[await hashSecret(secret), kind, email],
  );
  return `/host#link=${secret}`;
}

test("where new accounts are closed, an invitation says so at once, and stays good", async () => {
  const page = await visit.open(await makeLink("invitation", "bea@example.org"), TALL_PHONE);
  await page.getByRole("heading", { name: "No new accounts at the moment" }).waitFor();
  await page.getByText("You were invited to make an account for bea@example.org, but").waitFor();
  expect(await page.locator("input").count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  await photograph(page, "host-invited-closed-390");
  // A reload tells it again: the link is not forgotten.
  await page.reload();
  await page.getByRole("heading", { name: "No new accounts at the moment" }).waitFor();
  await page.getByRole("button", { name: "Not now" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await revint.countRows("links", "kind", "invitation")).toBe(1);
});

test("a recovery link opens its form all the same", async () => {
  await revint.changeHosts(
    `INSERT INTO accounts (id, email, email_key, name, role, created_at, last_seen_at)
     VALUES ('a', 'ada@example.org', 'ada@example.org', 'Ada', 'host', 1, 1)`,
  );
  const page = await visit.open(await makeLink("recovery", "ada@example.org"));
  await page.getByRole("heading", { name: "A new way in" }).waitFor();
  await page
    .getByLabel("New password")
    .or(page.getByRole("button", { name: "Use a password instead" }))
    .first()
    .waitFor();
});
