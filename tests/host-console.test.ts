import type { Browser, BrowserContextOptions, CDPSession, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findBarriers, photograph, setScene, SMALL_PHONE, TALL_PHONE, Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
setScene((scene) => ({ revint, browser } = scene));

/** Passkeys need a name in the address: the same deployment by another one. */
const named = () => revint.url.replace("127.0.0.1", "localhost");

let visit: Visit;
beforeEach(() => {
  visit = new Visit(browser, named());
});
afterEach(() => visit.end());

const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;

let hosts = 0;
/** Somebody who was never here. */
const createPerson = () => {
  const name = `Ada ${++hosts}`;
  return { name, email: `ada-${hosts}@example.org`, password: `correct horse ${hosts}` };
};

/** A browser of somebody's own, with a device that keeps passkeys. */
async function open(address = "/host", options: BrowserContextOptions = DESKTOP) {
  const page = await visit.open("/404", options);
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

async function signUpByPassword(page: Page, person = createPerson()) {
  await button(page, "New here? Make an account").click();
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Email").fill(person.email);
  await button(page, "Use a password instead").click();
  await page.getByLabel("New password", { exact: true }).fill(person.password);
  await button(page, "Make the account").click();
  await heading(page, "Talks").waitFor();
  return person;
}

describe("coming in", () => {
  test("by password: an account is made, left, and entered again", async () => {
    const { page } = await open();
    await heading(page, "Sign in").waitFor();
    await photograph(page, "host-sign-in");
    const person = await signUpByPassword(page);
    await photograph(page, "host-first");
    await page.getByRole("link", { name: "Account" }).click();
    await heading(page, "Account").waitFor();
    await photograph(page, "host-account");
  });
});
