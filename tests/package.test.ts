import { execFile } from "node:child_process";
import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { coHostSession, findSession, hostSession, joinSession } from "../web/client/index.ts";
import { readDeckState } from "../web/ui/deck-state.ts";
import { getJoinPath, photograph, shareBrowser, Visit } from "./browser.ts";
import { type Deployment, read, shareDeployment } from "./deployment.ts";
import { serveDecks } from "./served-decks.ts";

/** What `npm pack --json` says. */
const Packed = z.tuple([z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })]);

const WINDOW = { width: 1280, height: 720 };

const run = promisify(execFile);
const npm = (args: string[], cwd = ".") => run("npm", args, { cwd, shell: process.platform === "win32" });

/** Outside of this checkout, whose own packages nobody who installs ours has. */
let folder: string;
let packed: string;
let tarball: Buffer;
let files: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-package-"));
  // It builds first, and says so on stdout before the JSON.
  const { stdout } = await npm(["pack", "--json", "--pack-destination", folder]);
  const [said] = Packed.parse(JSON.parse(stdout.slice(stdout.search(/^\[/m))));
  files = said.files.map(({ path }) => path);
  packed = join(folder, said.filename);
  tarball = await readFile(packed);
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));
  // Nothing is asked for: it needs no other package.
  await npm(["install", "--offline", "--no-audit", "--no-fund", packed], folder);
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the package", () => {
  test("holds the libraries, their types, how they are used and the addon for Slidev, and nothing else", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        ...["client/index.js", "client/index.d.ts", "plugin/index.js", "plugin/index.d.ts"].map(
          (file) => `dist/${file}`,
        ),
        ...["dist/plugin/revint.js", "dist/plugin/plugin.yml", "docs/client.md", "docs/plugin.md"],
        ...["dist/THIRD-PARTY-LICENSES.txt", "examples/slidev/slidev-addon-revint/global-top.vue"],
      ]),
    );
    const known =
      /^(LICENSE|README\.md|package\.json|docs\/\w+\.md|dist\/THIRD-PARTY-LICENSES\.txt|dist\/(client|plugin(\/[\w-]+)?|ui)\/[\w-]+\.(js|d\.ts|yml))$/;
    const addon = /^examples\/slidev\/slidev-addon-revint\/([\w-]+\/)?[\w-]+\.(js|json|vue)$/;
    // What the types name of the protocol: types alone.
    const protocol = /^dist\/shared\/(protocol|interactions(\/[\w-]+)*)\/[\w-]+\.d\.ts$/;
    expect(files.filter((file) => ![known, protocol, addon].some((expected) => expected.test(file)))).toEqual(
      [],
    );
  });

  test("is what package managers and bundlers expect", async () => {
    const { messages, pkg } = await publint({
      strict: true,
      pack: { tarball: new Uint8Array(tarball).buffer },
    });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  test("has types that say what it is, wherever ES modules are resolved", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)), {
      // It is ES modules alone (.attw.json says so too): a resolution of before, or a `require`, finds none.
      entrypoints: ["./client", "./plugin"],
    });
    if (analysis.types === false) throw new Error("it has no types");
    const others = new Set(["node10", "node16-cjs"]);
    const problems = analysis.problems.filter(
      (problem) => !("resolutionKind" in problem && others.has(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
  });
});

describe("installed into an empty folder", () => {
  test("compiles where types are strict", async () => {
    const source = `
      import { joinSession, hostSession, RevintError, type Session } from "revint/client";
      import Revint, { readDeckState, type RevintOptions } from "revint/plugin";
      const session: Session = joinSession("x", { apiUrl: "https://example.org" });
      const options: RevintOptions = { reactions: ["A"] };
      // @ts-expect-error It is no any.
      session.react(1);
      export { hostSession, options, readDeckState, Revint, RevintError };`;
    await writeFile(join(folder, "strict.ts"), source);
    const tsc = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(
      /package\.json$/,
      "bin/tsc",
    );
    for (const module of [
      ["--module", "nodenext"],
      ["--module", "esnext", "--moduleResolution", "bundler"],
    ]) {
      const strict = ["--noEmit", "--strict", "--skipLibCheck", "false", "--exactOptionalPropertyTypes"];
      // Those of TypeScript itself are its own business, and take most of the time.
      strict.push("--skipDefaultLibCheck");
      const args = [tsc, ...strict, ...module, "--target", "es2022", "--types", "", "strict.ts"];
      const said = await run(process.execPath, args, { cwd: folder }).then(
        () => "",
        ({ stdout }: { stdout: string }) => stdout,
      );
      expect(said).toBe("");
    }
  });

  test("is bundled, whole", async () => {
    const { warnings, metafile } = await build({
      stdin: {
        contents: `import Revint from "revint/plugin";
          import { joinSession } from "revint/client";
          export { Revint, joinSession };`,
        resolveDir: folder,
      },
      ...{ bundle: true, format: "esm", platform: "browser", write: false, metafile: true },
    });
    expect(warnings).toEqual([]);
    const inputs = Object.keys(metafile.inputs).join();
    expect(inputs).toContain("revint/dist/plugin/index.js");
    expect(inputs).toContain("revint/dist/client/index.js");
    const outside = Object.values(metafile.inputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external),
    );
    expect(outside).toEqual([]);
  });
});

describe("imported for nothing", () => {
  const IMPORTS = `import "revint/client"; import "revint/plugin";
    import { joinSession } from "revint/client"; import Revint from "revint/plugin";`;

  test("it does nothing, as package.json says", async () => {
    const source = `const before = Reflect.ownKeys(globalThis).length;
      await import("revint/client");
      await import("revint/plugin");
      console.log(Reflect.ownKeys(globalThis).length - before);`;
    await writeFile(join(folder, "nothing.js"), source);
    // It ends by itself, too: no timer and no connection keeps it.
    const { stdout } = await run(process.execPath, ["nothing.js"], { cwd: folder });
    expect(stdout.trim()).toBe("0");
  });

  test("it leaves nothing in a bundle", async () => {
    const { outputFiles } = await build({
      stdin: { contents: IMPORTS, resolveDir: folder },
      ...{ bundle: true, format: "esm", platform: "browser", write: false, minify: true },
      // That an import does nothing is what it warns of.
      logLevel: "silent",
    });
    expect(outputFiles.map(({ text }) => text)).toEqual([""]);
  });
});

/** This one, and what else is called `node` on this machine: the oldest that is promised, where it is installed. */
async function listNodes() {
  const found = [process.execPath];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const file = join(folder, process.platform === "win32" ? "node.exe" : "node");
    if (
      folder.includes("node_modules") ||
      !(await access(file).then(
        () => true,
        () => false,
      ))
    )
      continue;
    found.push(file);
  }
  const versions = new Map<string, string>();
  for (const file of found) versions.set((await run(file, ["--version"])).stdout.trim(), file);
  return [...versions].map(([version, node]) => ({ version, node }));
}

const nodes = await listNodes();

let revint: Deployment;
const decks = serveDecks(() => revint.url);
beforeAll(async () => {
  revint = await shareDeployment();
});

describe("in Node", () => {
  test.each(nodes)("$version hosts, joins, and has its reaction kept", async ({ node }) => {
    const source = `
      import { hostSession, joinSession } from "revint/client";
      const [apiUrl, token] = process.argv.slice(2);
      const host = hostSession(token, { apiUrl, webUiUrl: apiUrl + "/join", reactions: ["A"] });
      await host.ready;
      await host.setState("1.0", "{}");
      const user = joinSession(host.info.sessionUid, { apiUrl, storage: null });
      const isThere = new Promise((resolve) => user.on("state", ({ page }) => page === "1.0" && resolve()));
      await Promise.all([user.ready, isThere]);
      const isKept = new Promise((resolve, reject) => {
        user.on("kept", resolve);
        user.on("refused", ({ error }) => reject(error));
      });
      user.react("A");
      const { page, reaction } = await isKept;
      console.log(page, reaction);
      user.close();
      host.close();`;
    await writeFile(join(folder, "use.js"), source);
    const { stdout } = await run(node, ["use.js", revint.url, await revint.sign()], { cwd: folder });
    expect(stdout.trim()).toBe("1.0 A");
  });
});

describe("the examples", () => {
  const TOOLS = ["vite", "node", "reveal-md", "slidev"];
  /** What reveal-md and Slidev have for diagrams, for code that is edited and for PDF: three hundred megabytes, and no slide here needs them. */
  const UNUSED = ["mermaid", "monaco-editor", "puppeteer"];
  let root: string;

  beforeAll(async () => {
    root = join(folder, "examples");
    await cp("examples", root, { recursive: true });
    await mkdir(join(root, "unused"));
    await writeFile(
      join(root, "unused", "package.json"),
      JSON.stringify({ name: "unused", version: "0.0.0" }),
    );
    await writeFile(join(root, "unused", "index.js"), "");
    // One installation for all, of this very package.
    const overrides = Object.fromEntries(UNUSED.map((name) => [name, "file:./unused"]));
    await writeFile(
      join(root, "package.json"),
      JSON.stringify({ private: true, workspaces: TOOLS, overrides }),
    );
    const workspaces = TOOLS.flatMap((name) => ["-w", name]);
    await npm(["install", "--prefer-offline", "--no-audit", "--no-fund", packed, ...workspaces], root);
    // Seven hundred packages, over whatever network there is.
  }, 600_000);

  /** Has an example built, with the deployment's address in its slides, and serves what came out. */
  async function buildExample(name: string, path: string, slides?: string) {
    const cwd = join(root, name);
    if (slides !== undefined) {
      const text = await readFile(join(cwd, slides), "utf8");
      await writeFile(
        join(cwd, slides),
        text.replaceAll("https://revint-api.example.workers.dev", revint.url),
      );
    }
    const env = { ...process.env, VITE_REVINT_URL: revint.url };
    await run("npm", ["run", "build"], { cwd, env, shell: process.platform === "win32" });
    const dist = join(cwd, "dist");
    for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile())
        decks.putText(path + relative(dist, file).replaceAll("\\", "/"), await readFile(file));
    }
  }

  test("a deck that Vite has bundled leads, and shows the reaction of a participant in Node", async () => {
    await buildExample("vite", "/");
    const browser = await shareBrowser();
    const visit = new Visit(browser, decks.url);
    try {
      const deck = await visit.open(`/index.html#/1&token=${await revint.sign()}`, { viewport: WINDOW });
      const path = await getJoinPath(deck);
      const person = joinSession(await findSession(path.slice(1), { apiUrl: revint.url }), {
        ...{ apiUrl: revint.url, storage: null },
      });
      await new Promise<void>((resolve) => person.on("state", ({ page }) => page === "1.0" && resolve()));
      person.close();

      const reacting = ["react.js", `${revint.url}${path}`, "👏"];
      const { stdout } = await run(process.execPath, reacting, { cwd: join(root, "node") });
      expect(stdout.trim()).toBe("👏 is kept, on page 1.0.");
      await deck.locator('[data-revint-totals] .bar[aria-label="Applause: 1 reaction"]').waitFor();
      await photograph(deck, "example-vite");
      // What only a deck that asks something needs is in the bundle as well.
      await deck.keyboard.press("ArrowRight");
      await deck.locator("section.present [data-revint-drawn] .result").waitFor();
      await photograph(deck, "example-vite-poll");
      expect(visit.requests.filter((url) => url.startsWith(`${revint.url}/plugin/`))).toEqual([]);
      expect(visit.complaints.filter((complaint) => !complaint.startsWith("foreign"))).toEqual([]);
    } finally {
      await visit.end();
    }
  });

  test("a deck without any tool leads, says where to join, and counts", async () => {
    const deck = await readFile("examples/script/index.html", "utf8");
    decks.putText("/script.html", deck.replaceAll("https://revint-api.example.workers.dev", revint.url));
    decks.putText(
      "/revint/index.js",
      await readFile(join(folder, "node_modules/revint/dist/client/index.js")),
    );
    const visit = new Visit(await shareBrowser(), decks.url);
    try {
      const page = await visit.open(`/script.html#token=${await revint.sign()}`, { viewport: WINDOW });
      const place = page.locator("footer span").filter({ hasText: /\/\d{6}$/ });
      const [code = ""] = /\d{6}$/.exec((await place.textContent()) ?? "") ?? [];
      const person = joinSession(await findSession(code, { apiUrl: revint.url }), {
        ...{ apiUrl: revint.url, storage: null },
      });
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      await page.getByRole("heading", { name: "The moon pulls" }).waitFor();
      await new Promise<void>((resolve) => person.on("state", ({ page }) => page === "1" && resolve()));
      person.react("👏");
      await page.locator("output").filter({ hasText: "Reactions: 1" }).waitFor();
      await photograph(page, "example-script");
      person.close();
      expect(visit.complaints.filter((complaint) => !complaint.startsWith("foreign"))).toEqual([]);
    } finally {
      await visit.end();
    }
  });

  test("a deck of Slidev leads with the addon, and says where to join to nobody but its host", async () => {
    await buildExample("slidev", "/slidev/", "slides.md");
    const visit = new Visit(await shareBrowser(), decks.url);
    const token = await revint.sign();
    const line = (page: Page) => page.getByRole("complementary", { name: "revint" });
    /** Presenter view has a second picture of a slide. */
    const showsSlide = (page: Page, title: string) =>
      page.locator("#slideshow").getByRole("heading", { name: title }).waitFor();
    /** It asks the service nothing, so that nothing can come later. */
    const showsNoHost = async (page: Page, place: string) => {
      const before = visit.requests.length;
      await page.goto("about:blank");
      await page.goto(`${decks.url}/slidev/index.html${place}`);
      await page.getByText("The code stands here once the deck leads.").waitFor();
      expect(visit.requests.slice(before).filter((url) => !url.startsWith(decks.url))).toEqual([]);
      expect(await line(page).count()).toBe(0);
    };
    try {
      const deck = await visit.open(`/slidev/index.html#token=${token}`, { viewport: WINDOW });
      const place = line(deck).getByText(/\/\d{6}$/);
      const [code = ""] = /\d{6}$/.exec((await place.textContent()) ?? "") ?? [];
      await deck.keyboard.press("ArrowRight");
      await deck.getByRole("img", { name: `${revint.url}/${code}` }).waitFor();
      expect(await line(deck).count()).toBe(0);
      await photograph(deck, "example-slidev-join");
      const sessionUid = await findSession(code, { apiUrl: revint.url });
      const person = joinSession(sessionUid, { apiUrl: revint.url, storage: null });
      const hears = (page: string, told: object) =>
        new Promise<void>((resolve) => {
          const look = () => {
            if (person.state?.page !== page) return;
            const state: unknown = JSON.parse(person.state.state);
            if (isDeepStrictEqual(state, { v: 0, slides: 4, ...told })) resolve();
          };
          person.on("state", look);
          look();
        });
      await deck.keyboard.press("ArrowRight");
      await hears("2.0", { h: 2, f: -1, title: "The moon pulls" });
      await deck.keyboard.press("ArrowRight");
      await hears("2.0", { h: 2, f: 0, title: "The moon pulls" });
      person.react("👏");
      await line(deck).getByText("👏 1", { exact: true }).waitFor();
      await photograph(deck, "example-slidev");

      // The audience's own copy goes along; one that nobody has invited stays by itself. Neither is a host's.
      const follower = await visit.open(`/slidev/index.html?session=${sessionUid}`, { viewport: WINDOW });
      await showsSlide(follower, "The moon pulls");
      const stranger = await visit.open("/slidev/index.html", { viewport: WINDOW });
      await showsNoHost(stranger, "#/2");

      // A second window beside it, as of a speaker: one of both tells the room, and the other takes its place.
      const speaker = visit.watch(await deck.context().newPage());
      await speaker.goto(`${decks.url}/slidev/index.html#/presenter/3&token=${token}`);
      await line(speaker).waitFor();
      await expect
        .poll(() =>
          speaker.evaluate(
            "navigator.locks.query().then(({ held, pending }) => [held.length, pending.length])",
          ),
        )
        .toEqual([1, 1]);
      for (const page of [deck, speaker]) {
        expect(await page.evaluate("navigation.entries().map(({ url }) => url).join()")).not.toContain(token);
      }
      await deck.close();
      await speaker.keyboard.press("ArrowDown");
      await hears("3.0", { h: 3, f: -1, title: "Thank you" });
      await showsSlide(follower, "Thank you");
      expect(await line(follower).count()).toBe(0);

      // A colleague goes along as well, until it is their turn; then the speaker does.
      const host = hostSession(token, { apiUrl: revint.url, webUiUrl: `${revint.url}/join` });
      await host.ready;
      const invited = await revint.request("POST", `/api/v1/session/${sessionUid}/hosts`, {
        ...{ token, uid: host.info?.hostUid ?? "", json: { role: "presenter" } },
      });
      host.close();
      const invitation = await read(CoHostAnswer, invited);
      const secrets = `token=${invitation.token}&uid=${invitation.hostUid}`;
      const colleague = await visit.open(`/slidev/index.html?session=${sessionUid}#${secrets}`, {
        viewport: WINDOW,
      });
      await line(colleague).getByText(code).first().waitFor();
      await showsSlide(colleague, "Thank you");
      const turn = coHostSession(sessionUid, { apiUrl: revint.url, ...invitation });
      await turn.takeOver();
      turn.close();
      await colleague.keyboard.press("ArrowUp");
      await hears("2.0", { h: 2, f: -1, title: "The moon pulls" });
      await showsSlide(speaker, "The moon pulls");

      // What is printed, or framed by somebody else, is for everybody.
      await showsNoHost(speaker, "?print#/2");
      await showsNoHost(speaker, "?embedded#/2");
      person.close();
      // Slidev asks for a screen that stays on, which this browser has none of.
      const known = new RegExp(`^foreign: ${revint.url}|^uncaught: Wake Lock `);
      expect(visit.complaints.filter((complaint) => !known.test(complaint))).toEqual([]);
    } finally {
      await visit.end();
    }
  });

  test("a deck of reveal-md leads with the plugin beside it, and asks", async () => {
    await buildExample("reveal-md", "/reveal-md/", "slides.md");
    const visit = new Visit(await shareBrowser(), decks.url);
    try {
      const deck = await visit.open(`/reveal-md/index.html#token=${await revint.sign()}`, {
        viewport: WINDOW,
      });
      const code = (await getJoinPath(deck)).slice(1);
      const person = joinSession(await findSession(code, { apiUrl: revint.url }), {
        ...{ apiUrl: revint.url, storage: null },
      });
      await deck.keyboard.press("ArrowRight");
      await new Promise<void>((resolve) => person.on("state", ({ page }) => page === "1.0" && resolve()));
      expect(readDeckState(person.state?.state ?? "")).toMatchObject({
        ...{ title: "How is it going?", subtitle: "Tap once, or often" },
      });
      person.react("👏");
      await deck.locator('[data-revint-totals] .bar[aria-label="Applause: 1 reaction"]').waitFor();
      await photograph(deck, "example-reveal-md");
      await deck.keyboard.press("ArrowRight");
      await deck.locator("section.present [data-revint-drawn] .result").waitFor();
      await photograph(deck, "example-reveal-md-poll");
      person.close();
      const stranger = await visit.open("/reveal-md/index.html", { viewport: WINDOW });
      await stranger.getByRole("heading", { name: "Tides" }).waitFor();
      expect(await stranger.locator("[data-revint-qr] svg").count()).toBe(0);
      expect(visit.requests.filter((url) => url.startsWith(`${revint.url}/plugin/`))).toEqual([]);
      expect(visit.complaints.filter((complaint) => !complaint.startsWith(`foreign: ${revint.url}`))).toEqual(
        [],
      );
    } finally {
      await visit.end();
    }
  });
});
