import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { invite, type OneTimeSecret, recover } from "../scripts/host-accounts.ts";
import { findBarriers, lookAt, photograph, SMALL_PHONE, setScene, TALL_PHONE, Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
setScene((scene) => ({ revint, browser } = scene), {});

/** Passkeys need a name in the address: the same deployment by another one. */
const named = () => revint.url.replace("127.0.0.1", "localhost");

let visit: Visit;
beforeEach(() => {
  visit = new Visit(browser, named());
});
afterEach(async () => {
  // Whoever is not signed in is told so, which browsers write down.
  expect(visit.complaints.filter((complaint) => !/status of (401|403|404|409|429)/.test(complaint))).toEqual(
    [],
  );
  await visit.end();
});

const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;

let hosts = 0;
/** Somebody who was never here. */
const createPerson = () => {
  const name = `Ada ${++hosts}`;
  return { name, email: `ada-${hosts}@example.org`, password: `correct horse ${hosts}` };
};

let addresses = 0;

/** A browser of somebody's own, with a device that keeps passkeys; from an address of its own, since each may sign up only so often. */
async function open(address = "/host", options: BrowserContextOptions = DESKTOP) {
  const extraHTTPHeaders = { "cf-connecting-ip": `198.51.100.${++addresses}` };
  const page = await visit.open("/404", { extraHTTPHeaders, ...options });
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(new URL(address, named()).href);
  return { page, device, authenticatorId };
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

/** What the test needs of D1. */
interface Database {
  prepare(statement: string): object;
  batch(statements: readonly object[]): Promise<readonly { readonly results: unknown[] }[]>;
}

/** host-store's tables, past the Worker: one-time links of a first admin come from a command. */
const database = {
  async run(...statements: readonly string[]): Promise<unknown[][]> {
    const { HOST_DB } = await revint.harness.getWorker<{ HOST_DB: Database }>("revint-host-store").getEnv();
    const answers = await HOST_DB.batch(statements.map((statement) => HOST_DB.prepare(statement)));
    return answers.map(({ results }) => results);
  },
};

const toAddress = (link: OneTimeSecret | string): string => {
  if (typeof link === "string") throw new Error(`no link: ${link}`);
  return `/host#link=${link.secret}`;
};

const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [label, text] of Object.entries(fields))
    await page.getByLabel(label, { exact: true }).fill(text);
};

async function signUpByPassword(page: Page, person = createPerson()) {
  await button(page, "New here? Make an account").click();
  await button(page, "Use a password instead").click();
  await fill(page, { "Your name": person.name, Email: person.email, "New password": person.password });
  await button(page, "Make the account").click();
  await heading(page, "Talks").waitFor();
  return person;
}

async function signUpByPasskey(page: Page, person = createPerson()) {
  await button(page, "New here? Make an account").click();
  await fill(page, { "Your name": person.name, Email: person.email });
  await button(page, "Continue with a passkey").click();
  await heading(page, "Talks").waitFor();
  return person;
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await button(page, "Sign out here").click();
  await heading(page, "Sign in").waitFor();
}

/** What has the focus, as it is called. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0] : undefined;
    return (activeElement?.getAttribute("aria-label") ?? (label ?? activeElement)?.textContent ?? "").trim();
  });

/** With the Tab key alone, as somebody without a mouse. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60 && (await focused(page)) !== name; presses++)
    await page.keyboard.press("Tab");
  expect(await focused(page)).toBe(name);
}

describe("coming in", () => {
  test("by passkey: an account is made with one, left, and entered again without typing", async () => {
    const { page, device, authenticatorId } = await open();
    const person = await signUpByPasskey(page);
    await page.getByText(person.name).waitFor();
    const { credentials } = await device.send("WebAuthn.getCredentials", { authenticatorId });
    expect(credentials).toHaveLength(1);
    await signOut(page);
    // A way back through the history shows nobody's talks.
    await page.goBack();
    await heading(page, "Sign in").waitFor();
    await button(page, "Sign in with a passkey").click();
    await page.getByText(person.name).waitFor();
  });

  test("by password: a wrong one is told in words, the right one lets in where somebody wanted to go", async () => {
    const { page } = await open();
    const person = await signUpByPassword(page);
    await signOut(page);
    await page.goto(`${named()}/host?view=decks`);
    await fill(page, { Email: person.email, Password: "not this one" });
    await button(page, "Sign in").click();
    await page.getByRole("alert").getByText("Email and password do not fit.").waitFor();
    await fill(page, { Email: `nobody-${person.email}` });
    await button(page, "Sign in").click();
    await page.getByRole("alert").getByText("Email and password do not fit.").waitFor();
    await button(page, "Show the password").click();
    expect(await page.getByLabel("Password", { exact: true }).getAttribute("type")).toBe("text");
    await fill(page, { Email: person.email, Password: person.password });
    await page.keyboard.press("Enter");
    await heading(page, "Decks").waitFor();
    expect(new URL(page.url()).search).toBe("?view=decks");
  });

  test("with too many wrong passwords takes a wait that counts down, and a passkey does not", async () => {
    const { page } = await open();
    const person = await signUpByPassword(page);
    await page.getByRole("link", { name: "Account", exact: true }).click();
    await button(page, "Add a passkey").click();
    await page.getByText("The passkey is added.").waitFor();
    await button(page, "Sign out here").click();
    const timer = page.getByRole("timer");
    for (let tries = 0; tries < 12 && (await timer.count()) === 0; tries++) {
      await fill(page, { Email: person.email, Password: `wrong ${tries}` });
      const answer = page.waitForResponse((response) => response.url().endsWith("/sign-in"));
      await button(page, "Sign in").click();
      await (await answer).finished();
      await expect.poll(() => page.getByRole("alert").textContent()).not.toBe("");
    }
    await timer.waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("Too many wrong tries");
    expect(await button(page, "Sign in").isDisabled()).toBe(true);
    await photograph(page, "host-wait");
    expect(await findBarriers(page)).toEqual([]);
    await button(page, "Sign in with a passkey").click();
    await heading(page, "Account").waitFor();
  });

  test("a passkey that is not there, or a question that is closed, is no error", async () => {
    const { page, device, authenticatorId } = await open();
    await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await button(page, "New here? Make an account").click();
    const person = createPerson();
    await fill(page, { "Your name": person.name, Email: person.email });
    await button(page, "Continue with a passkey").click();
    await page.getByRole("status").getByText("No passkey was used.").waitFor();
    expect(await page.getByRole("alert").allTextContents()).toEqual([]);
    await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
    await button(page, "Continue with a passkey").click();
    await heading(page, "Talks").waitFor();
  });

  test("an email that has an account gets no second one, and nobody is told why", async () => {
    const { page } = await open();
    const person = await signUpByPassword(page);
    const { page: other } = await open();
    await button(other, "New here? Make an account").click();
    await button(other, "Use a password instead").click();
    await fill(other, {
      "Your name": "Eve",
      Email: person.email.toUpperCase(),
      "New password": "another one",
    });
    await button(other, "Make the account").click();
    await other.getByRole("alert").getByText("No account was made.").waitFor();
  });

  test("at 127.0.0.1 a sentence says where passkeys work, and the link leads there", async () => {
    visit = new Visit(browser, revint.url);
    const page = await visit.open("/host?view=account", DESKTOP);
    await page.getByText("Passkeys need a name in the address").waitFor();
    expect(await button(page, "Sign in with a passkey").count()).toBe(0);
    const link = page.getByRole("link", { name: /^Open http:\/\/localhost:/ });
    expect(await link.getAttribute("href")).toBe(`${named()}/host?view=account`);
    const person = createPerson();
    await button(page, "New here? Make an account").click();
    await fill(page, { "Your name": person.name, Email: person.email, "New password": person.password });
    await button(page, "Make the account").click();
    await heading(page, "Account").waitFor();
    expect(await button(page, "Add a passkey").count()).toBe(0);
  });
});

describe("a one-time link", () => {
  test("of an invitation makes an account for its email, leaves the address at once, and is good once", async () => {
    const email = createPerson().email;
    const address = toAddress(await invite(database, email, "admin"));
    const { page } = await open(address);
    await heading(page, "Welcome").waitFor();
    expect(page.url()).toBe(`${named()}/host`);
    expect(await page.getByLabel("Email").inputValue()).toBe(email);
    await page.reload();
    await heading(page, "Welcome").waitFor();
    await photograph(page, "host-welcome");
    expect(await findBarriers(page)).toEqual([]);
    await fill(page, { "Your name": "Grace" });
    await button(page, "Continue with a passkey").click();
    await page.getByRole("link", { name: "All accounts" }).waitFor();
    const { page: late } = await open(address);
    await late.getByRole("alert").getByText("This link is not good").waitFor();
    await heading(late, "Sign in").waitFor();
  });

  test("of a recovery gives a new way in, and every other browser is out", async () => {
    const { page } = await open();
    const person = await signUpByPassword(page);
    const { page: found } = await open(toAddress(await recover(database, person.email)));
    await heading(found, "A new way in").waitFor();
    await button(found, "Use a password instead").click();
    await fill(found, { "New password": "a quite new one" });
    await button(found, "Set the password").click();
    await found.getByText(person.name).waitFor();
    // The next thing that the other browser asks tells it so.
    await page.getByRole("link", { name: "Account", exact: true }).click();
    await page.getByRole("alert").getByText("You are not signed in any more.").waitFor();
    await fill(page, { Email: person.email, Password: "a quite new one" });
    await button(page, "Sign in").click();
    await heading(page, "Account").waitFor();
  });
});

describe("an account", () => {
  test("has a second passkey on another device, and one is removed, but not the last way in", async () => {
    const { page } = await open();
    const person = await signUpByPasskey(page);
    await page.getByRole("link", { name: "Account", exact: true }).click();
    await button(page, "Remove Chrome on Linux").click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove the passkey" }).click();
    await page.getByRole("dialog").getByText("This is the only way into your account.").waitFor();
    await page.keyboard.press("Escape");
    await fill(page, { "New password": person.password });
    await button(page, "Set the password").click();
    await page.getByText("The password is set").waitFor();

    const second = await open("/host?view=account");
    await fill(second.page, { Email: person.email, Password: person.password });
    await button(second.page, "Sign in").click();
    await fill(second.page, { "Name for a new one": "My phone" });
    await button(second.page, "Add a passkey").click();
    await second.page.getByText("The passkey is added.").waitFor();
    await button(second.page, "Add a passkey").click();
    await second.page.getByRole("alert").getByText("has a passkey of this account already").waitFor();
    await button(second.page, "Sign out here").click();
    await button(second.page, "Sign in with a passkey").click();
    await heading(second.page, "Account").waitFor();

    await page.reload();
    await button(page, "Remove My phone").click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove the passkey" }).click();
    await page.getByText("The passkey is removed.").waitFor();
    await expect.poll(() => focused(page)).toBe("Account");
    await button(second.page, "Sign out here").click();
    await button(second.page, "Sign in with a passkey").click();
    await second.page.getByRole("alert").getByText("This passkey opens no account here.").waitFor();
  });

  test("is renamed, tells who came in, and signs out every browser", async () => {
    const { page } = await open();
    const person = await signUpByPassword(page);
    const { page: second } = await open();
    await fill(second, { Email: person.email, Password: "no" });
    await button(second, "Sign in").click();
    await second.getByRole("alert").getByText("do not fit").waitFor();
    await fill(second, { Password: person.password });
    await button(second, "Sign in").click();
    await heading(second, "Talks").waitFor();

    await page.getByRole("link", { name: "Account", exact: true }).click();
    await fill(page, { Name: "Countess" });
    await button(page, "Save").click();
    await page.getByRole("banner").getByText("Countess").waitFor();
    await page.getByText("The last 90 days.").click();
    await page.getByRole("cell", { name: "A try that failed" }).waitFor();
    await page.getByRole("cell", { name: "Account made" }).waitFor();
    await photograph(page, "host-log");
    await button(page, "Sign out everywhere").click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
    await heading(page, "Sign in").waitFor();
    await second.getByRole("link", { name: "Account", exact: true }).click();
    await second.getByRole("alert").getByText("You are not signed in any more.").waitFor();
  });

  test("is deleted by whoever types its email", async () => {
    const { page } = await open();
    const person = await signUpByPassword(page);
    await page.getByRole("link", { name: "Account", exact: true }).click();
    await page.getByRole("button", { name: "Delete the account…" }).click();
    const sure = page.getByRole("dialog").getByRole("button", { name: "Delete for good" });
    expect(await sure.isDisabled()).toBe(true);
    await page.getByRole("dialog").getByLabel(`Type “${person.email}” to confirm`).fill(person.email);
    await sure.click();
    await heading(page, "Your account is being erased").waitFor();
    await page.goto(`${named()}/host`);
    await fill(page, { Email: person.email, Password: person.password });
    await button(page, "Sign in").click();
    await page.getByRole("alert").getByText("do not fit").waitFor();
  });
});

test("an admin invites, helps, and deletes", async () => {
  const { page } = await open(toAddress(await invite(database, createPerson().email, "admin")));
  await fill(page, { "Your name": "Grace" });
  await button(page, "Continue with a passkey").click();
  await page.getByRole("link", { name: "All accounts" }).click();
  const person = createPerson();
  await fill(page, { Email: person.email });
  await button(page, "Make an invitation link").click();
  const made = page.getByRole("region", { name: `Invitation for ${person.email}` });
  const link = await made.getByRole("textbox").inputValue();
  const guest = await open(link);
  await fill(guest.page, { "Your name": person.name });
  await button(guest.page, "Continue with a passkey").click();
  await heading(guest.page, "Talks").waitFor();
  expect(await guest.page.getByRole("link", { name: "All accounts" }).count()).toBe(0);
  // Whoever knows the address of the section gets nothing from it.
  await guest.page.goto(`${named()}/host?view=admin`);
  await guest.page.getByRole("alert").getByText("Only an admin may do this.").waitFor();

  await page.reload();
  await button(page, `Recovery link for ${person.email}`).click();
  const help = page.getByRole("region", { name: `Recovery link for ${person.email}` });
  const recovered = await open(await help.getByRole("textbox").inputValue());
  await heading(recovered.page, "A new way in").waitFor();
  await button(recovered.page, "Continue with a passkey").click();
  await recovered.page.getByText(person.name).waitFor();

  await button(page, `Delete ${person.email}`).click();
  await page.getByRole("dialog").getByRole("textbox").fill(person.email);
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await page.getByText(`${person.email} is being erased.`).waitFor();
  await recovered.page.reload();
  await heading(recovered.page, "Sign in").waitFor();
});

describe("a talk", () => {
  /** Presses what opens a tab of its own. */
  const follow = async (page: Page, name: string): Promise<Page> => {
    const opened = page.context().waitForEvent("page");
    await page.getByRole("link", { name, exact: true }).click();
    return visit.watch(await opened);
  };

  test("is on the screen within a minute of signing up, is followed and reacted to, ends, and is in the history", async () => {
    const began = Date.now();
    const { page } = await open();
    await signUpByPasskey(page);
    await heading(page, "Your first talk").waitFor();
    await expect.poll(() => focused(page)).toBe("Name of a new talk");
    await page.keyboard.type("The room answers back");
    await page.keyboard.press("Enter");
    await page.getByText("“The room answers back” is ready.").waitFor();
    await expect.poll(() => focused(page)).toBe("Present The room answers back");
    const opened = page.context().waitForEvent("page");
    await page.keyboard.press("Enter");
    const stage = visit.watch(await opened);
    await button(stage, "Start without a deck").click();
    await stage.locator(".board").waitFor();
    expect(Date.now() - began).toBeLessThan(60_000);
    expect(stage.url()).not.toContain("token");

    await button(page, "Code to join The room answers back").click();
    const join = await page.getByRole("dialog").getByLabel("Address").inputValue();
    expect(join).not.toContain("token");
    await photograph(page, "host-join");
    await page.keyboard.press("Escape");
    const phone = await visit.open(join, TALL_PHONE);
    await phone.getByRole("button", { name: /^Thumbs up/ }).tap();
    await stage.getByRole("listitem", { name: "Thumbs up: 1" }).waitFor();

    // Nothing secret has stayed in the page.
    expect(await page.content()).not.toMatch(/token=/);
    await page.reload();
    const running = page.getByRole("region", { name: "Running now" });
    await running.getByText("1 person · 1 reaction").waitFor();
    await photograph(page, "host-running");
    expect(await findBarriers(page)).toEqual([]);

    const results = await follow(page, "Results of The room answers back");
    await button(results, "End the session…").click();
    await results.getByRole("dialog").getByRole("button", { name: "End the session" }).click();
    await heading(results, "The session has ended. Its results stay.").waitFor();
    await page.reload();
    const over = page.getByRole("region", { name: "Over" });
    await over.getByText("1 person · 1 reaction").waitFor();
    await photograph(page, "host-over");
  });

  test("has its links made anew when they are pressed, and those of before end with a new token", async () => {
    const { page } = await open();
    await signUpByPassword(page);
    await fill(page, { "Name of a new talk": "On tokens" });
    await button(page, "Create").click();
    const stage = await follow(page, "Present On tokens");
    await button(stage, "Start without a deck").click();
    await stage.locator(".board").waitFor();
    await page.locator("summary").click();
    await button(page, "New token…").click();
    await page.getByRole("dialog").getByRole("button", { name: "Make a new token" }).click();
    await page.getByText("There is a new token.").waitFor();
    await stage.reload();
    await stage.getByText("This does not open this session.").waitFor();
    const again = await follow(page, "Stage of On tokens");
    await again.locator(".board").waitFor();
  });

  test("is renamed, and deleted with all it holds", async () => {
    const { page } = await open();
    await signUpByPassword(page);
    await fill(page, { "Name of a new talk": "A typo hear" });
    await button(page, "Create").click();
    await page.locator("summary").click();
    await button(page, "Change…").click();
    await page.getByRole("dialog").getByLabel("Name").fill("No typo here");
    await page.getByRole("dialog").getByLabel("Date").fill("Spring 2027");
    await page.keyboard.press("Enter");
    await heading(page, "No typo here").waitFor();
    await page.getByText("Spring 2027").waitFor();
    await button(page, "Delete…").click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
    await page.getByText("“No typo here” is deleted.").waitFor();
    expect(await page.getByRole("heading", { name: "No typo here" }).count()).toBe(0);
    await page.reload();
    await heading(page, "Your first talk").waitFor();
  });

  test("has activities that are written before it, copied from another talk, and taken away", async () => {
    const { page } = await open();
    await signUpByPassword(page);
    for (const name of ["First", "Second"]) {
      await fill(page, { "Name of a new talk": name });
      await button(page, "Create").click();
      await heading(page, name).waitFor();
    }
    const dialog = page.getByRole("dialog");
    const openOf = async (name: string) => {
      await page
        .locator("summary")
        .and(page.getByLabel(`More about ${name}`))
        .click();
      await page.getByRole("listitem").filter({ hasText: name }).getByText("Activities…").click();
      await dialog.getByText("Nothing is saved with this talk.").waitFor();
    };
    await openOf("First");
    await button(page, "Poll").click();
    await dialog.getByLabel("What do you ask?").fill("Which runtime?");
    await button(page, "Save the poll").click();
    await dialog.getByText("It is saved.").waitFor();
    await dialog.getByText("Which runtime?").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await openOf("Second");
    await dialog.getByRole("combobox", { name: "Talk" }).selectOption({ index: 0 });
    await button(page, "Copy").click();
    await dialog.getByText("1 activity is copied.").waitFor();
    await button(page, "Copy").click();
    await dialog.getByText("That talk has nothing that is not here already.").waitFor();
    await photograph(page, "host-activities");
    await button(page, "Remove Which runtime?").click();
    await dialog.getByText("It is removed.").waitFor();
    await dialog.getByText("Nothing is saved with this talk.").waitFor();
  });

  test("waits for whoever has to sign in first, and nobody is led anywhere else", async () => {
    const { page } = await open();
    const person = await signUpByPassword(page);
    await fill(page, { "Name of a new talk": "Later" });
    await button(page, "Create").click();
    const address = await page.getByRole("link", { name: "Present Later" }).getAttribute("href");
    const { page: other } = await open(address ?? "");
    await fill(other, { Email: person.email, Password: person.password });
    await button(other, "Sign in").click();
    await button(other, "Start without a deck").waitFor();
    expect(new URL(other.url()).pathname).toBe("/stage");
    await page.goto(`${named()}/host?view=open&what=//evil.example&talk=https://evil.example`);
    await page.getByRole("alert").getByText("This link is not complete.").waitFor();
  });
});

describe("the page", () => {
  const SIZES = { desktop: DESKTOP, phone: TALL_PHONE, small: SMALL_PHONE } as const;

  test("has no barrier and fits every screen", async () => {
    const person = createPerson();
    for (const [size, options] of Object.entries(SIZES)) {
      const { page } = await open("/host", options);
      const look = async (name: string) => {
        expect(await lookAt(page, `host-${name}-${size}`)).toEqual([]);
        const width = await page.evaluate("document.documentElement.scrollWidth");
        expect({ name, size, width }).toEqual({ name, size, width: options.viewport.width });
      };
      await heading(page, "Sign in").waitFor();
      await look("sign-in");
      await button(page, "New here? Make an account").click();
      await look("sign-up");
      if (size === "desktop") {
        await button(page, "You have an account? Sign in").click();
        await signUpByPassword(page, person);
      } else {
        await button(page, "You have an account? Sign in").click();
        await fill(page, { Email: person.email, Password: person.password });
        await button(page, "Sign in").click();
      }
      for (const view of ["Talks", "Decks", "Account"]) {
        await page.getByRole("link", { name: view, exact: true }).click();
        await heading(page, view).waitFor();
        await look(view.toLowerCase());
      }
    }
  });

  test("is used with the keyboard alone, and the back button leads through its sections", async () => {
    const { page } = await open();
    const person = createPerson();
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await heading(page, "Sign in").waitFor();
    await tabTo(page, "New here? Make an account");
    await press("Enter");
    await heading(page, "Make an account").waitFor();
    await tabTo(page, "Your name");
    await page.keyboard.type(person.name);
    await press("Tab");
    await page.keyboard.type(person.email);
    await press("Enter");
    await heading(page, "Talks").waitFor();
    for (const view of ["Decks", "Account"]) {
      await tabTo(page, view);
      await press("Enter");
      await heading(page, view).waitFor();
      await expect.poll(() => focused(page)).toBe(view);
      expect(await page.title()).toBe(`${view} · host · revint`);
    }
    await page.goBack();
    await heading(page, "Decks").waitFor();
    await page.goBack();
    await heading(page, "Talks").waitFor();
    await page.goForward();
    await heading(page, "Decks").waitFor();
  });
});
