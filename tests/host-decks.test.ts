import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  DeckAnswer,
  Decks,
  DeckUpload,
  type NewDeck,
  PublicDeck,
} from "../shared/protocol/host/deck.schema.ts";
import { type Deployment, type RequestOptions, read, readProblem, startDeployment } from "./deployment.ts";

let revint: Deployment;
beforeAll(async () => {
  revint = await startDeployment();
});
afterAll(() => revint.close());

const PASSWORD = "correct horse battery staple";
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
let hosts = 0;

/** A host who is signed in, in a browser of their own. */
class Host {
  readonly cookie: string;

  private constructor(cookie: string) {
    this.cookie = cookie;
  }

  static async signUp(): Promise<Host> {
    const number = ++hosts;
    const made = await revint.request("POST", "/api/v1/host/sign-up", {
      json: { email: `ada${number}@example.org`, name: "Ada", password: PASSWORD },
      headers: { "cf-connecting-ip": `198.51.100.${number}` },
    });
    return new Host(made.headers.getSetCookie()[0]?.split(";")[0] ?? "");
  }

  request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = { cookie: this.cookie, ...options.headers };
    return revint.request(method, `/api/v1/${path}`, { ...options, headers });
  }

  /** Bytes, as a browser sends a file. */
  put(path: string, body: Uint8Array<ArrayBuffer> | string): Promise<Response> {
    const url = new URL(`/api/v1/host/decks/${path}`, revint.url);
    return fetch(url, { method: "PUT", headers: { cookie: this.cookie }, body });
  }

  async begin(deck: NewDeck): Promise<DeckUpload> {
    return read(DeckUpload, await this.request("POST", "host/decks", { json: deck }));
  }

  async uploadMarkdown(markdown: string, pictures: readonly string[] = []): Promise<string> {
    const bytes = new TextEncoder().encode(markdown).length;
    const { deck } = await this.begin({ title: "A deck", kind: "markdown", bytes });
    for (const name of pictures) {
      await read(DeckUpload, await this.put(`${deck.id}/files/${encodeURIComponent(name)}`, PNG));
    }
    await read(DeckUpload, await this.put(`${deck.id}/parts/1`, markdown));
    await read(DeckAnswer, await this.request("POST", `host/decks/${deck.id}/done`));
    return deck.id;
  }
}

/** A PDF of this many bytes, as far as a server looks. */
function createPdf(bytes: number): Uint8Array<ArrayBuffer> {
  const pdf = new Uint8Array(bytes).fill(0x20);
  pdf.set(new TextEncoder().encode("%PDF-1.7\n"));
  pdf.set(new TextEncoder().encode("%%EOF"), bytes - 5);
  return pdf;
}

describe("a PDF", () => {
  test("whose upload was interrupted goes on where it was, and is read in ranges by everybody who knows its id", async () => {
    const host = await Host.signUp();
    const pdf = createPdf(9 * 2 ** 20);
    const made = await host.begin({ title: "Talk", kind: "pdf", bytes: pdf.length, pages: 2 });
    const { id } = made.deck;
    const first = pdf.slice(0, made.partBytes);
    const second = pdf.slice(made.partBytes);
    // The network breaks in the middle of the first part.
    const broken = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(first.slice(0, 1000));
        broken.abort();
      },
    });
    const url = new URL(`/api/v1/host/decks/${id}/parts/1`, revint.url);
    const { cookie } = host;
    const init: RequestInit & { duplex: "half" } = {
      method: "PUT",
      headers: { cookie },
      body,
      duplex: "half",
    };
    await expect(fetch(url, { ...init, signal: broken.signal })).rejects.toThrow();
    await read(DeckUpload, await host.put(`${id}/parts/2`, second));
    expect((await read(DeckUpload, await host.request("GET", `host/decks/${id}`))).parts).toEqual([2]);
    expect((await readProblem(await host.request("POST", `host/decks/${id}/done`))).code).toBe("conflict");
    expect((await readProblem(await host.put(`${id}/parts/1`, second))).code).toBe("invalid_request");
    await read(DeckUpload, await host.put(`${id}/parts/1`, first));
    const { deck } = await read(DeckAnswer, await host.request("POST", `host/decks/${id}/done`));
    expect(deck).toMatchObject({ status: "ready", pages: 2, bytes: pdf.length });

    const shown = await read(PublicDeck, await revint.request("GET", `/api/v1/decks/${id}`));
    expect(shown).toMatchObject({ kind: "pdf", isOwn: false, pages: 2, url: `/api/v1/decks/${id}/file` });
    const part = await revint.request("GET", shown.url ?? "", { headers: { range: "bytes=-5" } });
    expect([part.status, await part.text()]).toEqual([206, "%%EOF"]);
    expect(Object.fromEntries(part.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, max-age=31536000, immutable",
      "content-range": `bytes ${pdf.length - 5}-${pdf.length - 1}/${pdf.length}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "application/pdf",
      "x-content-type-options": "nosniff",
    });
    const etag = part.headers.get("etag") ?? "";
    const known = await revint.request("GET", shown.url ?? "", { headers: { "if-none-match": etag } });
    expect(known.status).toBe(304);
    const whole = await revint.request("GET", shown.url ?? "");
    // Not by toEqual, which looks at each of nine million bytes for so long that the service closes its idle connections.
    expect(Buffer.from(await whole.arrayBuffer()).equals(pdf)).toBe(true);
  });
});

describe("a Markdown deck", () => {
  const text = "# One\n\n![A cat](my%20cat.png)\n\n```revint-choice a\n- [x] yes\n- no\n```\n\nNote: hush";

  test("tells its owner alone what is said and what is right", async () => {
    const host = await Host.signUp();
    const id = await host.uploadMarkdown(text, ["my cat.png"]);
    const other = await Host.signUp();
    const [own, foreign, open] = await Promise.all(
      [
        host.request("GET", `decks/${id}`),
        other.request("GET", `decks/${id}`),
        revint.request("GET", `/api/v1/decks/${id}`),
      ].map(async (answer) => {
        expect((await answer).headers.get("cache-control")).toContain("no-store");
        return read(PublicDeck, await answer);
      }),
    );
    expect(own?.html).toMatch(/data-revint-correct.*hush/s);
    expect(own?.isOwn).toBe(true);
    expect(open?.html).not.toMatch(/correct|hush/);
    expect(foreign).toEqual(open);
    const picture = await revint.request("GET", `/api/v1/decks/${id}/files/my%20cat.png`);
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(PNG);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect((await readProblem(await revint.request("GET", `/api/v1/decks/${id}/file`))).code).toBe(
      "deck_not_found",
    );
  });

  test("asks the room in every way that docs/hosts.md shows", async () => {
    const docs = await readFile("docs/hosts.md", "utf8");
    const [, examples = ""] = /^````markdown\n([\s\S]*?)^````$/m.exec(docs) ?? [];
    const host = await Host.signUp();
    const id = await host.uploadMarkdown(examples);
    const { html } = await read(PublicDeck, await host.request("GET", `decks/${id}`));
    const kinds = [...(html ?? "").matchAll(/<(?:ul|div) data-revint-(\w+)="/g)].map(([, kind]) => kind);
    expect(kinds).toEqual(["choice", "scale", "number", "words", "text", "order"]);
  });

  test("says which line is wrong, and is corrected", async () => {
    const host = await Host.signUp();
    const wrong = "# One\n\n```revint-words a\nmultiple: x\n```";
    const { deck } = await host.begin({ title: "A", kind: "markdown", bytes: wrong.length });
    await host.put(`${deck.id}/parts/1`, wrong);
    const refused = await readProblem(await host.request("POST", `host/decks/${deck.id}/done`));
    expect([refused.code, refused.detail]).toEqual([
      "deck_not_valid",
      "line 3: a: multiple: “x” is no number",
    ]);
    await host.put(`${deck.id}/parts/1`, wrong.replace("x", "2"));
    await read(DeckAnswer, await host.request("POST", `host/decks/${deck.id}/done`));
  });

  test.each([
    ["HTML", "cat.png", "<html><script>alert(1)</script>"],
    ["SVG", "cat.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"],
    ["a zip", "cat.zip", "PK\x03\x04"],
  ])("takes no %s for a picture", async (_, name, content) => {
    const host = await Host.signUp();
    const { deck } = await host.begin({ title: "A", kind: "markdown", bytes: 5 });
    expect((await readProblem(await host.put(`${deck.id}/files/${name}`, content))).code).toBe(
      "deck_not_valid",
    );
  });

  test.each(["..%2f..%2fcat.png", "%2e%2e%5ccat.png", ".hidden", "a%00.png", "%ff.png"])(
    "takes no picture called %s",
    async (name) => {
      const host = await Host.signUp();
      const { deck } = await host.begin({ title: "A", kind: "markdown", bytes: 5 });
      const refused = await readProblem(await host.put(`${deck.id}/files/${name}`, PNG));
      expect(["invalid_request", "not_found"]).toContain(refused.code);
    },
  );

  test("with a picture that is a page as well is served as a picture, under a policy that runs nothing", async () => {
    const host = await Host.signUp();
    const polyglot = new Uint8Array([...PNG, ...new TextEncoder().encode("<script>alert(1)</script>")]);
    const { deck } = await host.begin({ title: "A", kind: "markdown", bytes: 5 });
    await read(DeckUpload, await host.put(`${deck.id}/files/page.html`, polyglot));
    await host.put(`${deck.id}/parts/1`, "# One");
    await read(DeckAnswer, await host.request("POST", `host/decks/${deck.id}/done`));
    const served = await revint.request("GET", `/api/v1/decks/${deck.id}/files/page.html`);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
    });
    await served.body?.cancel();
  });
});

describe("whoever else asks", () => {
  test("finds no deck of another account, and none that is not ready", async () => {
    const host = await Host.signUp();
    const { deck } = await host.begin({ title: "A", kind: "markdown", bytes: 5 });
    expect((await readProblem(await host.request("GET", `decks/${deck.id}`))).code).toBe("deck_not_found");
    const other = await Host.signUp();
    const asked = await Promise.all([
      other.request("GET", `host/decks/${deck.id}`),
      other.request("PATCH", `host/decks/${deck.id}`, { json: { title: "Mine" } }),
      other.request("DELETE", `host/decks/${deck.id}`),
      other.request("POST", `host/decks/${deck.id}/done`),
      other.put(`${deck.id}/parts/1`, "# One"),
      other.put(`${deck.id}/files/a.png`, PNG),
    ]);
    for (const answer of asked) expect((await readProblem(answer)).code).toBe("deck_not_found");
    expect((await read(Decks, await other.request("GET", "host/decks"))).decks).toEqual([]);
  });

  test("is not signed in, or a page of another origin", async () => {
    const host = await Host.signUp();
    const id = await host.uploadMarkdown("# One");
    for (const [method, path] of [
      ["GET", "host/decks"],
      ["POST", "host/decks"],
      ["GET", `host/decks/${id}`],
      ["PATCH", `host/decks/${id}`],
      ["DELETE", `host/decks/${id}`],
      ["PUT", `host/decks/${id}/parts/1`],
      ["PUT", `host/decks/${id}/files/a.png`],
      ["POST", `host/decks/${id}/done`],
    ] as const) {
      const nobody = await revint.request(method, `/api/v1/${path}`);
      expect([path, (await readProblem(nobody)).code]).toEqual([path, "not_signed_in"]);
    }
    const headers = { "sec-fetch-site": "cross-site" };
    for (const path of [`decks/${id}`, "host/decks"]) {
      const foreign = await host.request("GET", path, { headers });
      expect([path, (await readProblem(foreign)).code]).toEqual([path, "foreign_origin"]);
    }
  });

  test("finds nothing once it is deleted", async () => {
    const host = await Host.signUp();
    const id = await host.uploadMarkdown("# One");
    expect((await host.request("DELETE", `host/decks/${id}`)).status).toBe(204);
    expect((await readProblem(await revint.request("GET", `/api/v1/decks/${id}`))).code).toBe(
      "deck_not_found",
    );
    expect((await readProblem(await host.request("DELETE", `host/decks/${id}`))).code).toBe("deck_not_found");
  });
});
