import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type Deployment, type DeploymentOptions, shareDeployment, startDeployment } from "./deployment.ts";

/** Every name below it is this computer: a page opened there is in no secure context, as over a LAN. */
export const LAN = "phone.lan";

/** What a test of our pages works with: a deployment and a browser of its file, and a visit of its own. */
export interface Scene {
  readonly revint: Deployment;
  readonly browser: Browser;
  readonly visit: Visit;
}

/**
 * Sets the scene for every test of a file; call it at its top.
 * @param options of a deployment of its own: where a story changes what all sessions of one have in common, or counts it
 */
export function setScene(adopt: (scene: Scene) => void, options?: DeploymentOptions): void {
  let revint: Deployment;
  let browser: Browser;
  let visit: Visit;
  beforeAll(async () => {
    [revint, browser] = await Promise.all([
      options ? startDeployment(options) : shareDeployment(),
      shareBrowser(),
    ]);
  });
  afterAll(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    if (options) await revint?.close();
  });
  beforeEach(() => {
    visit = new Visit(browser, revint.url);
    adopt({ revint, browser, visit });
  });
  afterEach(() => visit.end());
}

let shared: Promise<Browser> | undefined;

/** The one of all stories of a process, which ends with it: what is opened in it has a context of its own. */
export function shareBrowser(): Promise<Browser> {
  shared ??= launchBrowser();
  return shared;
}

/** Nothing to install by hand: the browser lies inside its npm package. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // Not `chromium.args`: they switch off what a visitor's browser checks, and run everything in one process.
    // There is no graphics card: whoever draws as if there were one takes a seventh longer.
    args: [
      ...["--no-sandbox", "--font-render-hinting=none", "--disable-gpu", "--disable-software-rasterizer"],
      `--host-resolver-rules=MAP ${LAN} 127.0.0.1`,
    ],
    headless: true,
  });
}

export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;
export const TALL_PHONE = { ...PHONE, viewport: { width: 390, height: 844 } } as const;
export const SMALL_PHONE = { ...PHONE, viewport: { width: 320, height: 568 } } as const;
export const PHONE_ON_ITS_SIDE = { ...PHONE, viewport: { width: 740, height: 360 } } as const;
export const PROJECTOR = { viewport: { width: 1920, height: 1080 } } as const;

/** Pages of one test, and what went wrong on any of them. */
export class Visit {
  readonly #browser: Browser;
  readonly #origin: string;
  readonly #pages: Page[] = [];
  /** Console errors, uncaught errors, dialogs and requests to other origins. */
  readonly complaints: string[] = [];
  /** Every request of every page. */
  readonly requests: string[] = [];

  /** @param origin the only one that pages may talk to */
  constructor(browser: Browser, origin: string) {
    this.#browser = browser;
    this.#origin = origin;
  }

  /** Opens an address in a context of its own: another person, another device. */
  async open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    await this.watch(page).goto(new URL(address, this.#origin).href);
    return page;
  }

  /** Listens to a page that was opened in another way, such as a second tab. */
  watch(page: Page): Page {
    this.#pages.push(page);
    // A busy machine takes many times as long.
    page.setDefaultTimeout(60_000);
    page.on("pageerror", (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`console: ${message.text()}`);
    });
    page.on("dialog", async (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      this.requests.push(request.url());
      if (protocol !== "data:" && origin !== this.#origin) this.complaints.push(`foreign: ${request.url()}`);
    });
    return page;
  }

  async end(): Promise<void> {
    await Promise.all(this.#pages.map((page) => page.context().close()));
  }
}

/**
 * `page.route` of a page that is open already. Chromium lets what is asked for in the next moment slip past a route that
 * was just set: this resolves once it holds.
 */
export async function intercept(page: Page, ...[url, handler, options]: Parameters<Page["route"]>) {
  await page.route(url, handler, options);
  await page.route("**/healthz?held", (route) => route.fulfill({ status: 202 }));
  const isHeld = () => page.evaluate("fetch('/healthz?held').then(({ status }) => status === 202)");
  await expect.poll(isHeld).toBe(true);
}

/** Opens what only a host should see of a stage. */
export async function openControls(stage: Page): Promise<void> {
  await stage.locator(".board").waitFor();
  await stage.getByRole("button", { name: /^Controls/ }).click();
  await stage.getByRole("complementary", { name: "Controls" }).waitFor();
}

/** Resolves once a deck that leads has put its first slide into the room: whoever comes then finds it. */
export const hasSetState = (deck: Page): Promise<unknown> =>
  deck.evaluate(`new Promise((resolve) => {
    const { session } = Reveal.getPlugin("revint");
    const look = () => session.state?.version > 0 && resolve();
    session.on("state", look);
    look();
  })`);

/** The answer to the next request of a page that changes something there; ask for it before what makes the page send it. */
export const nextChange = (page: Page, end: string): Promise<unknown> =>
  page.waitForResponse((answer) => answer.request().method() !== "GET" && answer.url().endsWith(end));

/** How long something took, in milliseconds, at the first of five times that was short enough: a busy machine stalls. */
export async function shortest(enough: number, measure: () => Promise<number>): Promise<number> {
  let took = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5 && took >= enough; run++) took = Math.min(took, await measure());
  return took;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core has to say about colours. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * What axe-core finds, as lines to read. Evaluated, not loaded: our pages let no foreign script in.
 * @param rules only these of its rules
 */
export async function findBarriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Half a megabyte, and a page is looked at again and again.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axeSource);
  return page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Violation[] }> };
    };
    interface Violation {
      id: string;
      nodes: { target: unknown; failureSummary?: string }[];
    }
    const { violations } = await axe.run({
      resultTypes: ["violations"],
      preload: false,
      ...(rules && { runOnly: rules }),
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)} ${failureSummary ?? ""}`),
    );
  }, rules);
}

/** The barriers of what a page shows, in both schemes, with a photograph of each. It stays in the light one. */
export async function lookAt(page: Page, name: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "dark" });
  await photograph(page, `${name}-dark`);
  const barriers = await findBarriers(page, OF_COLOURS);
  await page.emulateMedia({ colorScheme: "light" });
  await photograph(page, `${name}-light`);
  return [...barriers, ...(await findBarriers(page))];
}

/** For people to look at, where `PHOTOGRAPHS` says that somebody will. `.artifacts/` is not in git. */
export async function photograph(
  page: Page,
  name: string,
  options: { readonly fullPage?: boolean } = {},
): Promise<void> {
  if (!process.env.PHOTOGRAPHS) return;
  await page.screenshot({ path: `.artifacts/${name}.png`, ...options });
}

/** The short path that a deck's QR code leads phones to. */
export async function getJoinPath(deck: Page): Promise<string> {
  const code = deck.locator("[data-revint-qr] svg");
  await code.waitFor({ state: "attached" });
  const label = (await code.getAttribute("aria-label")) ?? "";
  return /\/\d{6}$/.exec(label)?.[0] ?? label;
}

/** The session that it leads to. */
export async function findSession(deck: Page): Promise<string> {
  const short = new URL(await getJoinPath(deck), deck.url());
  const { headers } = await fetch(short, { redirect: "manual" });
  return new URL(headers.get("location") ?? "", short).searchParams.get("session") ?? "";
}
