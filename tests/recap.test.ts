import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { TalkAnswer } from "../shared/protocol/host/talk.schema.ts";
import { RecapDocument, RecapStatus } from "../shared/protocol/recap.schema.ts";
import { findBarriers, photograph, setScene, TALL_PHONE, type Visit } from "./browser.ts";
import { type Deployment, read, readProblem } from "./deployment.ts";
import { createEmail, HostBrowser } from "./host-browser.ts";
import { LAPTOP, recapOf, startToldTalk, TITLES } from "./told-talk.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene));

const talk = () => startToldTalk({ revint, visit });

describe("the host after the talk", () => {
  test("has the recap made by one press on the stage, publishes it, and takes it back", async () => {
    const { end, open, url, token, sessionUid } = await talk();
    const stage = await open("stage");
    await stage.locator(".board").waitFor();
    await end();
    const make = stage.getByRole("button", { name: "Make the recap" });
    await make.waitFor();
    await photograph(stage, "recap-offer-stage");
    const pressedAt = performance.now();
    await make.click();
    const main = await recapOf(stage);
    await main.getByText("The room answers back").first().waitFor();
    const took = performance.now() - pressedAt;
    console.log(`the template's recap was on screen after ${Math.round(took)} ms`);
    expect(took).toBeLessThan(20_000);
    expect(new URL(stage.url()).search).toBe(`?session=${sessionUid}`);
    expect(await main.locator("b").count()).toBe(0);
    await photograph(stage, "recap-host-laptop");
    expect(await findBarriers(stage)).toEqual([]);

    const phone = await visit.open(url, TALL_PHONE);
    await phone.getByRole("heading", { name: "There is nothing to read yet" }).waitFor();
    await photograph(phone, "recap-nothing-phone");
    expect(await findBarriers(phone)).toEqual([]);

    await stage.getByRole("button", { name: "Publish" }).press("Enter");
    await stage.getByText("Published. Everyone with the link can read it now.").waitFor();
    // Whoever has pressed it with a key goes on from there.
    const focused = stage.locator(":focus");
    await expect.poll(() => focused.textContent()).toBe("Take back");
    expect(await stage.getByLabel("Link for your audience").inputValue()).toBe(`${revint.url}${url}`);
    await phone.getByRole("button", { name: "Look again" }).click();
    await recapOf(phone);
    await phone.getByRole("button", { name: "Copy the link" }).waitFor();
    await photograph(phone, "recap-phone");
    expect(await findBarriers(phone)).toEqual([]);
    expect(await phone.getByRole("button", { name: "Publish" }).count()).toBe(0);

    await stage.getByRole("button", { name: "Take back" }).click();
    await stage.getByText("Taken back. Only hosts can read it now.").waitFor();
    await phone.reload();
    await phone.getByRole("heading", { name: "There is nothing to read yet" }).waitFor();
    expect(visit.requests.filter((address) => address.includes(token))).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test("sees the page as its readers will: the bar above it changes nothing of it", async () => {
    const { end, make, publish, open, url } = await talk();
    await end();
    await make();
    await publish(true);
    const measure = async (page: Page) =>
      (await recapOf(page)).locator(".slide .bar").evaluateAll((bars) =>
        bars.map((bar) => {
          const { width, height } = bar.getBoundingClientRect();
          const { borderWidth, padding } = getComputedStyle(bar);
          return { width, height, borderWidth, padding };
        }),
      );
    const host = await open("recap");
    await host.getByRole("button", { name: "Take back" }).waitFor();
    await host.waitForFunction(() =>
      [...document.styleSheets].some(({ href }) => href?.includes("recap-host")),
    );
    expect(await measure(host)).toEqual(await measure(await visit.open(url, LAPTOP)));
  });

  test("edits the text, and makes it anew only after being asked", async () => {
    const { end, make, open, document } = await talk();
    await end();
    await make();
    const page = await open("recap");
    const main = await recapOf(page);
    await page.getByRole("button", { name: "Edit the text" }).click();
    const editor = page.getByRole("dialog", { name: "Edit the text" });
    await editor.getByLabel("Title").fill("A better <i>title</i>");
    await editor.getByLabel("The whole talk").fill("First words.\n\nSecond & <b>words</b>.");
    await photograph(page, "recap-editor-laptop");
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await editor.getByText("You have changed something that is not saved.").waitFor();
    await editor.getByRole("button", { name: "Go on editing" }).click();
    await editor.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await main.getByRole("heading", { name: "A better <i>title</i>" }).waitFor();
    await main.getByText("Second & <b>words</b>.").waitFor();
    expect(await main.locator("b, i").count()).toBe(0);
    const edited = await document();
    expect(edited.title).toBe("A better <i>title</i>");
    expect(edited.sections.find(({ id }) => id === "summary")?.text.map(({ text }) => text)).toEqual([
      "First words.",
      "Second & <b>words</b>.",
    ]);

    await page.getByRole("button", { name: "Make anew…" }).click();
    const dialog = page.getByRole("dialog", { name: "Make the recap anew?" });
    await dialog.getByText("The changes you have made to its text go.").waitFor();
    await dialog.getByRole("button", { name: "Make anew" }).click();
    await expect.poll(() => main.getByText("First words.").count()).toBe(0);
    await main.getByText("The room answers back").first().waitFor();
    expect((await document()).title).not.toContain("better");
    expect(visit.complaints).toEqual([]);
  });

  test("keeps what they have written when another window was faster, and saves it with the next press", async () => {
    const { end, make, open, document, path, token } = await talk();
    await end();
    await make();
    const page = await open("recap");
    await recapOf(page);
    await page.getByRole("button", { name: "Edit the text" }).click();
    const editor = page.getByRole("dialog", { name: "Edit the text" });
    await editor.getByLabel("The whole talk").fill("Mine.");
    const { version, sections } = await document();
    const slide = sections.find(({ type }) => type === "slide")?.id ?? "";
    const json = { version, sections: { [slide]: ["Theirs."] } };
    expect((await revint.request("PUT", `${path}/recap/document`, { token, json })).status).toBe(200);
    await editor.getByRole("button", { name: "Save" }).click();
    await editor.getByText(/^The recap has changed meanwhile/).waitFor();
    await editor.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    const texts = (await document()).sections.flatMap(({ text }) => text.map((one) => one.text));
    expect(texts).toContain("Mine.");
    expect(texts).toContain("Theirs.");
    const stale = await revint.request("PUT", `${path}/recap/document`, { token, json });
    expect((await readProblem(stale)).code).toBe("conflict");
    // The browser logs a refused request as an error.
    expect(visit.complaints.filter((line) => !line.includes("409"))).toEqual([]);
  });

  test("deletes it, and can have another one made; from the results, too", async () => {
    const { end, open } = await talk();
    await end();
    const page = await open("results");
    await page.locator(".results").waitFor();
    await page.getByRole("region", { name: "Recap for your audience" }).getByRole("button").waitFor();
    await photograph(page, "recap-offer-results");
    await page.getByRole("button", { name: "Make the recap" }).click();
    await recapOf(page);
    await page.getByRole("button", { name: "Delete…" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete the recap?" });
    await dialog.getByRole("button", { name: "Delete for good" }).click();
    await page.getByRole("heading", { name: "This talk has no recap yet" }).waitFor();
    expect(await page.locator("main#recap").count()).toBe(0);
    await photograph(page, "recap-none-laptop");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Make the recap" }).click();
    await recapOf(page);
    await page.goto(page.url().replace("/recap", "/results"));
    await page.getByRole("link", { name: "Open the recap" }).click();
    await recapOf(page);
    await page.getByRole("button", { name: "Publish" }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});

describe("whoever reads it", () => {
  const get = (url: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(new URL(url, revint.url), { method, headers, redirect: "manual" });

  test("finds nothing of it before it is published and after it is taken back, also with a tag they know", async () => {
    const { end, make, publish, path, url, people, status, token } = await talk();
    await end();
    await make();
    const [person] = people;
    const asUser = { token: person?.token ?? "" };
    /** Every way of reading that is not a host's. */
    const readAll = async (tag: string) => {
      const page = await get(url, { "If-None-Match": tag });
      expect(page.status).toBe(200);
      expect(page.headers.get("etag")).toBeNull();
      const text = await page.text();
      expect(text).not.toContain(TITLES[0]);
      expect(text).not.toContain('id="recap"');
      expect(await (await get(url)).text()).toBe(text);
      expect(await status(asUser)).toEqual({ status: "none" });
      for (const [what, code] of [
        ["document", "recap_not_found"],
        ["page", "not_host"],
        ["events", "not_host"],
      ]) {
        const refused = await revint.request("GET", `${path}/recap/${what}`, {
          ...asUser,
          headers: { "If-None-Match": tag },
        });
        expect((await readProblem(refused)).code, what).toBe(code);
      }
    };
    await readAll('"x"');
    const { version } = await publish(true);
    const first = await get(url);
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toContain(version);
    const text = await first.text();
    expect(text).toContain("The room answers back");
    expect(text).toContain(`<meta property="og:url" content="${revint.url}${url}">`);
    expect(text).toMatch(/<meta property="og:image" content="http:[^"]+\/assets\/recap\.png"/);
    expect((await get(url, { "If-None-Match": tag })).status).toBe(304);
    expect((await get(url, { "If-None-Match": `"x", W/${tag}` })).status).toBe(304);
    const head = await get(url, {}, "HEAD");
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, tag, ""]);
    expect((await status(asUser)).status).toBe("done");
    const document = await revint.request("GET", `${path}/recap/document`, asUser);
    expect((await read(RecapDocument, document)).version).toBe(version);

    await publish(false);
    await readAll(tag);
    await publish(true);
    expect((await get(url, { "If-None-Match": tag })).status).toBe(304);
    expect((await revint.request("DELETE", `${path}/recap`, { token })).status).toBe(204);
    await readAll(tag);
    expect((await revint.request("DELETE", `${path}/recap`, { token })).status).toBe(204);
  });

  test("hears at once of what has changed since it was read, and of the address where they read it", async () => {
    const { end, make, publish, document, url, path, token } = await talk();
    await end();
    await make();
    await publish(true);
    const elsewhere = revint.url.replace("127.0.0.1", "localhost");
    const readAt = async (origin: string) => (await fetch(new URL(url, origin))).text();
    for (const title of ["First & foremost", "Second & last"]) {
      const { version } = await document();
      const json = { version, title, sections: {} };
      expect((await revint.request("PUT", `${path}/recap/document`, { token, json })).status).toBe(200);
      for (const origin of [revint.url, elsewhere]) {
        const text = await readAt(origin);
        expect(text).toContain(`>${title.replace("&", "&amp;")}</h1>`);
        expect(text).toContain(`<meta property="og:url" content="${origin}${url}">`);
        expect(await readAt(origin)).toBe(text);
      }
    }
  });

  test("finds a page of the same policy, published or not", async () => {
    const { end, make, publish, url } = await talk();
    const names = [
      "content-security-policy",
      "strict-transport-security",
      "x-content-type-options",
      "referrer-policy",
      "permissions-policy",
      "cache-control",
    ];
    const readPolicy = async (address: string) => {
      const { headers } = await get(address);
      return names.map((name) => [name, headers.get(name)]);
    };
    const policy = await readPolicy(url);
    expect(new Map(policy.map(([name, value]) => [name, value])).get("cache-control")).toBe("no-cache");
    expect(await readPolicy("/recap")).toEqual(policy);
    await end();
    await make();
    await publish(true);
    expect(await readPolicy(url)).toEqual(policy);
  });

  test("is told when there is no such session, or not any more", async () => {
    const { end, make, publish, status, url, path, token, sessionUid, hash } = await talk();
    // Not the last character, some of whose bits mean nothing.
    const mistyped = sessionUid.replace(/.(?=.{4}$)/, (letter) => (letter === "x" ? "y" : "x"));
    for (const address of ["/recap?session=nothing", `/recap?session=${mistyped}`]) {
      expect((await get(address)).status, address).toBe(404);
    }
    await end();
    await make();
    await publish(true);
    const tag = (await get(url)).headers.get("etag") ?? "";
    const page = await visit.open(url, TALL_PHONE);
    await recapOf(page);
    const { version } = await status();
    expect(await countKept(hash, version)).toBeGreaterThan(0);
    expect((await revint.request("DELETE", path, { token })).status).toBe(204);
    expect((await get(url, { "If-None-Match": tag })).status).toBe(404);
    const refused = await revint.request("GET", `${path}/recap`, { token });
    expect((await readProblem(refused)).code).toBe("session_not_found");
    await page.reload();
    await page.getByRole("heading", { name: "There is no such recap" }).waitFor();
    expect(await countKept(hash, version)).toBe(0);
    // The browser logs the 404 as an error.
    expect(visit.complaints.filter((line) => !line.includes("404"))).toEqual([]);
  });

  test("finds nothing of it any more when the session begins anew", async () => {
    const { end, make, publish, url, token, hash } = await talk();
    await end();
    await make();
    const { version } = await publish(true);
    expect((await get(url)).headers.get("etag")).not.toBeNull();
    await revint.host(token, { restart: true });
    expect((await get(url)).headers.get("etag")).toBeNull();
    expect(await countKept(hash, version)).toBe(0);
  });

  test("reads it without a script, and on paper", async () => {
    const { end, make, publish, url } = await talk();
    await end();
    await make();
    await publish(true);
    const page = await visit.open(url, { ...LAPTOP, javaScriptEnabled: false });
    await (await recapOf(page)).getByText("The room answers back").first().waitFor();
    const dark = await visit.open(url, { ...TALL_PHONE, colorScheme: "dark" });
    await dark.getByRole("button", { name: "Print or save as PDF" }).waitFor();
    await photograph(dark, "recap-phone-dark");
    const paper = await visit.open(url, LAPTOP);
    await paper.getByRole("button", { name: "Print or save as PDF" }).waitFor();
    await photograph(paper, "recap-laptop");
    await paper.emulateMedia({ media: "print" });
    expect(await paper.getByRole("button", { name: "Print or save as PDF" }).isVisible()).toBe(false);
    await paper.setViewportSize({ width: 794, height: 1123 });
    await photograph(paper, "recap-print");
    expect(visit.complaints).toEqual([]);
  });
});

test("nobody's name, uid or hidden text is in any form of it", async () => {
  const { end, make, publish, url, path, token, people, hostUid } = await talk();
  await end();
  await make();
  await publish(true);
  const forms = await Promise.all([
    fetch(new URL(url, revint.url)).then((answer) => answer.text()),
    revint.request("GET", `${path}/recap/document`, { token }).then((answer) => answer.text()),
    revint.request("GET", `${path}/recap/page`, { token }).then((answer) => answer.text()),
    revint.request("GET", `${path}/recap/events`, { token }).then((answer) => answer.text()),
  ]);
  const secrets = [
    ...people.flatMap(({ uid }) => [uid, uid.slice(0, 21)]),
    ...[hostUid, hostUid.slice(0, 21), token],
    ...["Secretname", "A hidden insult", "A waiting question", "Never asked", "rareword"],
  ];
  for (const form of forms) {
    for (const secret of secrets) expect(form).not.toContain(secret);
  }
  expect(forms[0]).toContain("How many rooms are there?");
  expect(forms[1]).toContain("fast");
});

test("a talk that runs has none, and its host hears what to do", async () => {
  const { path, token, open } = await talk();
  const refused = await revint.request("POST", `${path}/recap`, { token });
  expect((await readProblem(refused)).code).toBe("session_running");
  const page = await open("recap");
  await page.getByRole("button", { name: "Make the recap" }).click();
  await page.getByText("The talk still runs: end the session first, on its results page.").waitFor();
  expect(visit.complaints.filter((line) => !line.includes("409"))).toEqual([]);
});

test("a co-host reads what the host reads, does nothing to it, and neither once everybody was sent out", async () => {
  const { end, make, invite, path, token, sessionUid } = await talk();
  const presenter = await invite("presenter");
  await end();
  await make();
  const link = `/recap?session=${sessionUid}#token=${presenter.token}&uid=${presenter.uid}`;
  const page = await visit.open(link, LAPTOP);
  await recapOf(page);
  await page.getByText(/Only hosts can read it\.$/).waitFor();
  expect(await page.getByRole("button", { name: "Publish" }).count()).toBe(0);
  const publish = await revint.request("POST", `${path}/recap/publish`, {
    ...presenter,
    json: { published: true },
  });
  expect((await readProblem(publish)).code).toBe("role_not_allowed");
  // After the end, invitations end all at once.
  expect((await revint.request("POST", `${path}/revoke`, { token })).status).toBe(200);
  const refused = await revint.request("GET", `${path}/recap`, presenter);
  expect((await readProblem(refused)).code).toBe("not_host");
});

test("a preview in its own window is no page of ours", async () => {
  const { end, make, path, token } = await talk();
  await end();
  await make();
  const { headers } = await revint.request("GET", `${path}/recap/page`, { token });
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(headers.get("content-security-policy")).toMatch(/^sandbox;/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cache-control")).toBe("no-store");
});

test("is found in the list of talks that are over, with how it stands", async () => {
  const host = new HostBrowser(revint);
  await host.signUp(createEmail());
  const json = { name: "Waves", date: "2026-11-20" };
  const { talk, token } = await read(TalkAnswer, await host.request("POST", "talks", { json }));
  const { sessionUid, hostUid } = await revint.host(token);
  const path = `/api/v1/session/${sessionUid}`;
  await revint.request("POST", `${path}/state`, { token, uid: hostUid, json: { page: "0.0", state: "s" } });
  expect((await revint.request("POST", `${path}/end`, { token, uid: hostUid })).status).toBe(200);
  const status = async () => read(RecapStatus, await host.request("GET", `talks/${talk.id}/recap`));
  expect(await status()).toEqual({ status: "none" });

  const page = await visit.open("/", LAPTOP);
  const [name = "", value = ""] = host.cookie?.split("=") ?? [];
  await page.context().addCookies([{ name, value, url: revint.url }]);
  await page.goto(`${revint.url}/host`);
  const row = page.getByRole("listitem").filter({ hasText: "Waves" });
  await row.getByText(/No recap yet/).waitFor();
  await photograph(page, "recap-console");
  const [opened] = await Promise.all([
    page.context().waitForEvent("page"),
    row.getByRole("link", { name: "Recap of Waves" }).click(),
  ]);
  visit.watch(opened);
  await opened.getByRole("button", { name: "Make the recap" }).click();
  await recapOf(opened);
  await opened.getByRole("button", { name: "Publish" }).click();
  await opened.getByText("Published. Everyone with the link can read it now.").waitFor();
  expect((await status()).publishedAt).toEqual(expect.any(Number));
  await page.reload();
  await row.getByText(/Recap published/).waitFor();
  const other = new HostBrowser(revint);
  await other.signUp(createEmail());
  const refused = await other.request("GET", `talks/${talk.id}/recap`);
  expect((await readProblem(refused)).code).toBe("talk_not_found");
  expect(visit.complaints).toEqual([]);
});

/** Where recaps are kept. */
interface Kept {
  list(options: { prefix: string }): Promise<{
    readonly objects?: readonly { readonly key: string }[];
    readonly keys?: readonly { readonly name: string }[];
  }>;
}

/** What is still kept of a session's recap, in all places that hold bodies. */
async function countKept(hash: string, version = hash): Promise<number> {
  const env = await revint.harness.getWorker<{ RECAPS: Kept; RECAP_KV: Kept }>("revint-recap").getEnv();
  const { objects = [] } = await env.RECAPS.list({ prefix: "" });
  const { keys = [] } = await env.RECAP_KV.list({ prefix: "" });
  const names = [...objects.map(({ key }) => key), ...keys.map(({ name }) => name)];
  return names.filter((name) => name.includes(hash) || name.includes(version)).length;
}
