import { env, exports } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { DeckAnswer, Decks, DeckUpload, PublicDeck } from "../../../shared/protocol/host/deck.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { createId } from "../../lib/random.ts";
import { createAccount } from "../test-account.ts";
import { recount } from "../test-usage.ts";
import { deleteDeck } from "./erase.ts";
import { fileKey, slidesKey } from "./keys.ts";
import { putPicture } from "./pictures.ts";
import { putPart } from "./upload.ts";

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

const request = (method: string, path: string, body?: BodyInit | object) =>
  exports.default.fetch(`http://store${path}`, {
    method,
    ...(body !== undefined && isJson(body)
      ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } }
      : { body: body as BodyInit | null }),
  });
const isJson = (body: BodyInit | object) => Object.getPrototypeOf(body) === Object.prototype;

async function read<S extends z.ZodType>(schema: S, answer: Promise<Response>): Promise<z.output<S>> {
  const response = await answer;
  if (!response.ok) throw new Error(await response.text());
  return schema.parse(await response.json());
}
const refusal = async (answer: Promise<Response>) => {
  const response = await answer;
  const { code, detail }: { code?: string; detail?: string } = await response.json();
  return { status: response.status, code, detail };
};

/** A PDF of this many bytes, as far as anybody here looks. */
function createPdf(bytes: number, end = "%%EOF", begin = ""): Uint8Array<ArrayBuffer> {
  const pdf = new Uint8Array(bytes).fill(0x20);
  pdf.set(new TextEncoder().encode(`%PDF-1.7\n${begin}`));
  pdf.set(new TextEncoder().encode(end), bytes - end.length);
  return pdf;
}

/** A deck that is on its way, and what its host does with it. */
async function begin(deck: object, account?: string) {
  const owner = account ?? (await createAccount());
  const made = await read(DeckUpload, request("POST", `/accounts/${owner}/decks`, deck));
  const path = `/accounts/${owner}/decks/${made.deck.id}`;
  return {
    ...{ owner, path, id: made.deck.id, made },
    part: (number: number, bytes: BodyInit) => request("PUT", `${path}/parts/${number}`, bytes),
    picture: (name: string, bytes: BodyInit) =>
      request("PUT", `${path}/files/${encodeURIComponent(name)}`, bytes),
    done: () => request("POST", `${path}/done`),
    upload: () => read(DeckUpload, request("GET", path)),
  };
}

const markdown = (text: string) => ({
  title: "Deck",
  kind: "markdown",
  bytes: new TextEncoder().encode(text).length,
});

async function uploadMarkdown(text: string) {
  const deck = await begin(markdown(text));
  expect((await deck.part(1, text)).status).toBe(200);
  return deck;
}

const columnOf = async (id: string, column: "upload" | "folder") =>
  String(await env.HOST_DB.prepare(`SELECT ${column} FROM decks WHERE id = ?1`).bind(id).first(column));

/** The key of a deck's file. */
const keyOf = async (id: string) => fileKey({ id, folder: await columnOf(id, "folder") });

/** What `done` does first. */
async function complete(id: string): Promise<void> {
  const { results } = await env.HOST_DB.prepare(
    "SELECT number AS partNumber, etag FROM deck_parts WHERE deck = ?1 ORDER BY number",
  )
    .bind(id)
    .all<R2UploadedPart>();
  await env.DECKS.resumeMultipartUpload(await keyOf(id), await columnOf(id, "upload")).complete(results);
}

describe("an upload", () => {
  const pdf = createPdf(LIMITS.deckPartBytes + 5);
  const head = pdf.slice(0, LIMITS.deckPartBytes);
  const rest = pdf.slice(LIMITS.deckPartBytes);
  const announced = { title: "Deck", kind: "pdf", bytes: pdf.length, pages: 3 };

  test("comes in any order, says what is there, and is read back as it was", async () => {
    const deck = await begin(announced);
    expect(deck.made).toMatchObject({ partBytes: LIMITS.deckPartBytes, parts: [], files: [] });
    expect((await deck.part(2, rest)).status).toBe(200);
    expect((await deck.upload()).parts).toEqual([2]);
    expect(await refusal(deck.done())).toMatchObject({ code: "conflict" });
    expect((await deck.part(1, createPdf(head.length))).status).toBe(200);
    // Sent again, it takes the place of the one before.
    expect((await deck.part(1, head)).status).toBe(200);
    const { deck: ready } = await read(DeckAnswer, deck.done());
    expect(ready).toMatchObject({ status: "ready", pages: 3, bytes: pdf.length });
    expect(await read(DeckAnswer, deck.done())).toEqual({ deck: ready });
    const file = await request("GET", `/decks/${deck.id}/file`);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(pdf);
    expect(await read(PublicDeck, request("GET", `/decks/${deck.id}`))).toEqual({
      ...{ id: deck.id, title: "Deck", kind: "pdf", pages: 3, isOwn: false },
      url: `/api/v1/decks/${deck.id}/file`,
    });
  });

  test("says of which file it was begun, to its owner alone", async () => {
    const digest = "0123456789abcdef".repeat(4);
    const small = { ...announced, bytes: 100, digest };
    const deck = await begin(small);
    expect(deck.made.digest).toBe(digest);
    expect((await deck.upload()).digest).toBe(digest);
    expect((await deck.part(1, createPdf(100))).status).toBe(200);
    expect((await deck.done()).status).toBe(200);
    expect(await (await request("GET", `/decks/${deck.id}`)).text()).not.toContain(digest);
    const wrong = request("POST", `/accounts/${deck.owner}/decks`, { ...small, digest: "of another kind" });
    expect(await refusal(wrong)).toMatchObject({ code: "invalid_request" });
    // Another browser, or an upload of before, has none.
    expect((await begin(announced)).made).not.toHaveProperty("digest");
  });

  test("takes parts of their very size, and keeps nothing of others", async () => {
    const deck = await begin(announced);
    for (const wrong of [rest.slice(1), new Uint8Array(6), new Uint8Array(0)]) {
      expect(await refusal(deck.part(2, wrong))).toMatchObject({ code: "invalid_request" });
    }
    expect(await refusal(deck.part(3, rest))).toMatchObject({ code: "invalid_request" });
    expect((await deck.upload()).parts).toEqual([]);
  });

  test("parts that come at once go into one upload", async () => {
    const deck = await begin(announced);
    const answers = await Promise.all([deck.part(1, head), deck.part(2, rest), deck.part(2, rest)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    // Of two that come at once, R2 may keep the other one: then the parts are sent again.
    if (!(await deck.done()).ok) {
      await deck.part(1, head);
      await deck.part(2, rest);
      await read(DeckAnswer, deck.done());
    }
    expect((await deck.upload()).deck.status).toBe("ready");
  });

  test("a death after R2 has put it together is finished by the next try", async () => {
    const deck = await begin(announced);
    await deck.part(1, head);
    await deck.part(2, rest);
    await complete(deck.id);
    expect((await read(DeckAnswer, deck.done())).deck.status).toBe("ready");
  });

  test("a text that was put together, and whose maker has died, is sent anew", async () => {
    const deck = await uploadMarkdown("# One");
    await complete(deck.id);
    expect(await refusal(deck.part(1, "# Two"))).toMatchObject({ code: "conflict" });
    expect((await deck.upload()).parts).toEqual([]);
    expect((await deck.part(1, "# Two")).status).toBe(200);
    await read(DeckAnswer, deck.done());
    expect((await read(PublicDeck, request("GET", `/decks/${deck.id}`))).html).toContain("Two");
  });

  test("a part of a PDF that was put together meanwhile is not needed: whoever sends it looks again", async () => {
    const deck = await begin(announced);
    await deck.part(1, head);
    await deck.part(2, rest);
    await complete(deck.id);
    expect(await refusal(deck.part(2, rest))).toMatchObject({ code: "conflict" });
    expect((await deck.upload()).parts).toEqual([1, 2]);
    expect((await read(DeckAnswer, deck.done())).deck.status).toBe("ready");
  });

  test.each([
    [createPdf(200).fill(0x41, 0, 8), "this is no PDF"],
    [createPdf(200, "x"), "cut off"],
    [createPdf(200, "trailer << /Encrypt 5 0 R >> %%EOF"), "protected"],
    // Where the end points to, far from it.
    [
      createPdf(5000, "startxref\n9\n%%EOF", "5 0 obj << /Type /XRef /Encrypt 5 0 R >> stream\n"),
      "protected",
    ],
  ])("what is no PDF is refused with words, and may be sent again", async (wrong, words) => {
    const deck = await begin({ ...announced, bytes: wrong.length });
    await deck.part(1, wrong);
    const { code, detail } = await refusal(deck.done());
    expect([code, detail]).toEqual(["deck_not_valid", expect.stringContaining(words)]);
    expect((await deck.upload()).parts).toEqual([]);
    await deck.part(1, createPdf(wrong.length));
    expect((await deck.done()).status).toBe(200);
  });

  const isThere = async (id: string, upload: string) =>
    env.DECKS.resumeMultipartUpload(await keyOf(id), upload)
      .uploadPart(2, "later")
      .then(
        () => true,
        () => false,
      );

  test("parts that do not fit each other are sent again, and what R2 had of them is gone", async () => {
    const deck = await begin({ title: "Talk", kind: "pdf", bytes: pdf.length, pages: 3 });
    await deck.part(1, pdf.subarray(0, LIMITS.deckPartBytes));
    await deck.part(2, pdf.subarray(LIMITS.deckPartBytes));
    const upload = await columnOf(deck.id, "upload");
    await env.HOST_DB.prepare("UPDATE deck_parts SET etag = 'other' WHERE deck = ?1 AND number = 2")
      .bind(deck.id)
      .run();
    expect(await refusal(deck.done())).toMatchObject({ code: "conflict" });
    expect(await isThere(deck.id, upload)).toBe(false);
    expect((await deck.upload()).parts).toEqual([]);
    await deck.part(1, pdf.subarray(0, LIMITS.deckPartBytes));
    await deck.part(2, pdf.subarray(LIMITS.deckPartBytes));
    expect((await deck.done()).status).toBe(200);
  });

  test("one that R2 has given up, and whose maker has died then, begins anew", async () => {
    const deck = await begin({ title: "Talk", kind: "pdf", bytes: pdf.length, pages: 3 });
    await deck.part(1, pdf.subarray(0, LIMITS.deckPartBytes));
    await env.DECKS.resumeMultipartUpload(await keyOf(deck.id), await columnOf(deck.id, "upload")).abort();
    expect(await refusal(deck.part(2, pdf.subarray(LIMITS.deckPartBytes)))).toMatchObject({
      code: "conflict",
    });
    expect((await deck.upload()).parts).toEqual([]);
    await deck.part(2, pdf.subarray(LIMITS.deckPartBytes));
    await deck.part(1, pdf.subarray(0, LIMITS.deckPartBytes));
    expect((await deck.done()).status).toBe(200);
  });

  test("a part that R2 does not take at the moment is sent again", async () => {
    const deck = await begin({ title: "Talk", kind: "pdf", bytes: 5, pages: 3 });
    const resumeMultipartUpload: R2Bucket["resumeMultipartUpload"] = (key, id) => ({
      ...{ key, uploadId: id, abort: async () => {}, complete: () => Promise.reject(new Error("no")) },
      uploadPart: async () => {
        throw new Error("uploadPart: We encountered an internal error. Please try again. (10001)");
      },
    });
    const DECKS = new Proxy(env.DECKS, {
      get: (target, name) => {
        if (name === "resumeMultipartUpload") return resumeMultipartUpload;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    await env.HOST_DB.prepare("UPDATE decks SET upload = 'a' WHERE id = ?1").bind(deck.id).run();
    const put = putPart({ ...env, DECKS }, deck.owner, deck.id, 1, new Blob(["%PDF-"]).stream());
    await expect(put).rejects.toMatchObject({ code: "unavailable" });
  });

  test("one that is ready stays as it is", async () => {
    const deck = await uploadMarkdown("# One");
    await deck.done();
    expect(await refusal(deck.part(1, "# Two"))).toMatchObject({ code: "conflict" });
    expect(await refusal(deck.picture("a.png", PNG))).toMatchObject({ code: "conflict" });
  });
});

describe("limits", () => {
  test("what is too large, or has too many pages, need not be uploaded to be refused", async () => {
    const post = async (deck: object) =>
      (await refusal(request("POST", `/accounts/${await createAccount()}/decks`, deck))).code;
    const pdf = { title: "Deck", kind: "pdf", bytes: 10, pages: 1 };
    expect(await post({ ...pdf, bytes: LIMITS.deckBytes + 1 })).toBe("too_large");
    expect(await post({ ...pdf, kind: "markdown", bytes: LIMITS.markdownBytes + 1 })).toBe("too_large");
    expect(await post({ ...pdf, pages: LIMITS.deckPages + 1 })).toBe("deck_not_valid");
    expect(await post({ ...pdf, pages: undefined })).toBe("invalid_request");
  });

  test("an account keeps so many decks, also of those that are made at once", async () => {
    const account = await createAccount();
    const make = () => request("POST", `/accounts/${account}/decks`, markdown("# One"));
    const answers = await Promise.all(Array.from({ length: LIMITS.decks + 5 }, make));
    expect(answers.filter(({ status }) => status === 201).length).toBe(LIMITS.decks);
    expect(await refusal(make())).toMatchObject({ code: "limit_reached" });
  });

  test("an account that is being erased gets no deck any more", async () => {
    const account = await createAccount();
    await env.HOST_DB.prepare("UPDATE accounts SET deleting_at = 1 WHERE id = ?1").bind(account).run();
    for (const gone of [account, createId()]) {
      const made = request("POST", `/accounts/${gone}/decks`, markdown("# One"));
      expect(await refusal(made)).toMatchObject({ status: 401, code: "not_signed_in" });
    }
  });

  test("and so many bytes, pictures included", async () => {
    const account = await createAccount();
    const deck = await begin(markdown("# One"), account);
    await env.HOST_DB.prepare("UPDATE decks SET file_bytes = ?2 WHERE id = ?1")
      .bind(deck.id, LIMITS.deckBytesOfAccount - 2 * PNG.length)
      .run();
    await recount();
    expect((await deck.picture("a.png", PNG)).status).toBe(200);
    expect((await deck.picture("b.png", PNG)).status).toBe(200);
    expect(await refusal(deck.picture("c.png", PNG))).toMatchObject({ code: "limit_reached" });
    expect(await refusal(request("POST", `/accounts/${account}/decks`, markdown("# One")))).toMatchObject({
      code: "limit_reached",
    });
  });
});

describe("a Markdown deck", () => {
  test("its owner alone gets notes, and what is right", async () => {
    const text = "# One\n\n```revint-choice a\n- [x] yes\n- no\n```\n\nNote: hush";
    const deck = await uploadMarkdown(text);
    expect((await read(DeckAnswer, deck.done())).deck.pages).toBe(1);
    const open = await read(PublicDeck, request("GET", `/decks/${deck.id}`));
    const foreign = await read(PublicDeck, request("GET", `/decks/${deck.id}?viewer=${createId()}`));
    const own = await read(PublicDeck, request("GET", `/decks/${deck.id}?viewer=${deck.owner}`));
    expect(foreign).toEqual(open);
    expect([open.isOwn, own.isOwn]).toEqual([false, true]);
    expect(open.html).not.toMatch(/hush|correct/);
    expect(own.html).toMatch(/data-revint-correct>yes.*hush/s);
    // Its source would tell both.
    expect((await request("GET", `/decks/${deck.id}/file`)).status).toBe(404);
  });

  test("its objects stand where nobody finds them who knows its id, and no answer says where", async () => {
    const deck = await uploadMarkdown("# One\n\n![a](a.png)\n\nNote: hush");
    await deck.picture("a.png", PNG);
    await read(DeckAnswer, deck.done());
    const folder = await columnOf(deck.id, "folder");
    expect(folder).toMatch(/^[\w-]{22}$/);
    const { objects } = await env.DECKS.list({ prefix: `decks/${deck.id}/` });
    expect(objects.map(({ key }) => key)).toEqual(
      ["file", "files/a.png", "slides-own.html", "slides.html"].map(
        (name) => `decks/${deck.id}/${folder}/${name}`,
      ),
    );
    const told = await Promise.all(
      ["", `?viewer=${deck.owner}`, "/files/a.png"].map(async (rest) => {
        const answer = await request("GET", `/decks/${deck.id}${rest}`);
        expect(answer.status).toBe(200);
        return JSON.stringify([...answer.headers]) + (await answer.text());
      }),
    );
    const owned = await Promise.all(
      [deck.path, `/accounts/${deck.owner}/decks`].map(async (path) => (await request("GET", path)).text()),
    );
    for (const text of [...told, ...owned]) expect(text).not.toContain(folder);
  });

  test("one of before there were folders is read, and erased, as it was", async () => {
    const [owner, id] = [await createAccount(), createId()];
    const old = { id, folder: "" };
    await env.HOST_DB.batch([
      env.HOST_DB.prepare(
        `INSERT INTO decks (id, account, title, kind, status, pages, file_bytes, picture_bytes, created_at)
         VALUES (?1, ?2, 'Old', 'markdown', 'ready', 1, 5, 11, 1)`,
      ).bind(id, owner),
      env.HOST_DB.prepare("INSERT INTO deck_files VALUES (?1, 'a.png', 'image/png', ?2)").bind(
        id,
        PNG.length,
      ),
    ]);
    await env.DECKS.put(`decks/${id}/file`, "# Old");
    await env.DECKS.put(`decks/${id}/files/a.png`, PNG);
    await env.DECKS.put(slidesKey(old, true), "own");
    await env.DECKS.put(slidesKey(old, false), "open");
    expect((await read(PublicDeck, request("GET", `/decks/${id}`))).html).toBe("open");
    expect((await read(PublicDeck, request("GET", `/decks/${id}?viewer=${owner}`))).html).toBe("own");
    const picture = await request("GET", `/decks/${id}/files/a.png`);
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(PNG);
    expect((await request("DELETE", `/accounts/${owner}/decks/${id}`)).status).toBe(200);
    expect((await env.DECKS.list({ prefix: `decks/${id}/` })).objects).toEqual([]);
  });

  test("brings pictures along, known by their content", async () => {
    const deck = await begin(markdown("![A](img/Cat%20one.PNG)"));
    expect((await deck.picture("cat one.png", PNG)).status).toBe(200);
    await deck.part(1, "![A](img/Cat%20one.PNG)");
    await deck.done();
    const url = `/decks/${deck.id}/files/cat%20one.png`;
    expect((await read(PublicDeck, request("GET", `/decks/${deck.id}`))).html).toContain(`/api/v1${url}`);
    const picture = await request("GET", url);
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(picture.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
  });

  test("a picture that did not come to its end is named by nothing, and the deck goes without it", async () => {
    const text = "![A](a.png) ![B](b.png)";
    const deck = await begin(markdown(text));
    await deck.picture("a.png", PNG);
    await deck.picture("b.png", PNG);
    const more = Uint8Array.from([...PNG, 4]);
    const row =
      "INSERT OR REPLACE INTO deck_files (deck, name, type, bytes) VALUES (?1, ?2, 'image/png', ?3)";
    // Their rows are there: of one R2 has what was before, and of the other nothing.
    await env.HOST_DB.prepare(row).bind(deck.id, "b.png", more.length).run();
    await env.HOST_DB.prepare(row).bind(deck.id, "c.png", PNG.length).run();
    await env.HOST_DB.prepare("UPDATE decks SET picture_bytes = ?2 WHERE id = ?1")
      .bind(deck.id, 2 * PNG.length + more.length)
      .run();
    const upload = await deck.upload();
    expect([upload.files, upload.deck.bytes]).toEqual([["a.png"], text.length + PNG.length]);
    await deck.part(1, text);
    const { deck: ready } = await read(DeckAnswer, deck.done());
    expect(ready.bytes).toBe(text.length + PNG.length);
    const { html } = await read(PublicDeck, request("GET", `/decks/${deck.id}`));
    expect(html).toMatch(/files\/a\.png.*<em>B<\/em>/s);
  });

  test("a picture that comes when its deck was deleted stays nowhere", async () => {
    const deck = await begin(markdown("# One"));
    // Whoever erases the deck before R2 has the picture finds none.
    const DECKS = new Proxy(env.DECKS, {
      get: (bucket, name) => {
        const method: unknown = Reflect.get(bucket, name);
        if (typeof method !== "function") return method;
        return async (...args: unknown[]) => {
          if (name === "put") await deleteDeck(env, deck.owner, deck.id);
          return Reflect.apply(method, bucket, args);
        };
      },
    });
    const sent = putPicture({ ...env, DECKS }, deck.owner, deck.id, "a.png", PNG);
    await expect(sent).rejects.toMatchObject({ code: "deck_not_found" });
    expect((await env.DECKS.list({ prefix: `decks/${deck.id}/` })).objects).toEqual([]);
  });

  test("names of pictures are those of every script", async () => {
    const deck = await begin(markdown("# One"));
    for (const name of ["รูปที่ 1.png", "चित्र.png", "Übersicht.png"]) {
      expect([name, (await deck.picture(name, PNG)).status]).toEqual([name, 200]);
    }
  });

  test.each([
    ["an SVG", "cat.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"],
    ["a page that calls itself a picture", "cat.png", "<html><script>alert(1)</script>"],
    ["a zip", "deck.zip", "PK\x03\x04"],
    ["nothing", "empty.png", ""],
  ])("%s is no picture", async (_, name, content) => {
    const deck = await begin(markdown("# One"));
    expect(await refusal(deck.picture(name, content))).toMatchObject({ status: 400, code: "deck_not_valid" });
    expect((await deck.upload()).files).toEqual([]);
  });

  test.each([
    "../../cat.png",
    "..%2fcat.png",
    ".htaccess",
    "a/b.png",
    "a\\b.png",
    "a\u0000.png",
    "x".repeat(101),
  ])("a name that leads elsewhere is refused: %j", async (name) => {
    const deck = await begin(markdown("# One"));
    expect((await deck.picture(name, PNG)).status).toBe(400);
  });

  test.each([
    ["no text", Uint8Array.from([0xff, 0xfe, 0x00]), "no text"],
    ["no slide", new TextEncoder().encode("\n\n"), "no slide"],
    ["a mistake", new TextEncoder().encode("# One\n\n```revint-choice a\n```"), "line 3: a list"],
  ])("%s is refused with words", async (_, bytes, words) => {
    const deck = await begin({ title: "Deck", kind: "markdown", bytes: bytes.length });
    await deck.part(1, bytes);
    const { code, detail } = await refusal(deck.done());
    expect([code, detail]).toEqual(["deck_not_valid", expect.stringContaining(words)]);
  });
});

describe("reading a file", () => {
  const bytes = createPdf(200);
  const upload = async () => {
    const deck = await begin({ title: "Deck", kind: "pdf", bytes: 200, pages: 1 });
    await deck.part(1, bytes);
    await deck.done();
    return (headers: Record<string, string>) =>
      exports.default.fetch(`http://store/decks/${deck.id}/file`, { headers });
  };

  test.each([
    ["bytes=0-9", 0, 10],
    ["bytes=190-", 190, 200],
    ["bytes=-5", 195, 200],
    ["bytes=190-999", 190, 200],
  ])("in a range: %s", async (range, from, to) => {
    const file = await (await upload())({ range });
    expect([file.status, file.headers.get("content-range")]).toEqual([206, `bytes ${from}-${to - 1}/200`]);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes.slice(from, to));
  });

  test("a range that is none is the whole; one behind the end is not satisfiable", async () => {
    const get = await upload();
    for (const range of ["bytes=", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2"]) {
      const whole = await get({ range });
      expect([range, whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([range, 200, 200]);
    }
    const behind = await get({ range: "bytes=200-" });
    expect([behind.status, behind.headers.get("content-range")]).toEqual([416, "bytes */200"]);
  });

  test("what somebody has already is not sent again", async () => {
    const get = await upload();
    const etag = (await get({})).headers.get("etag") ?? "";
    expect((await get({ "if-none-match": etag })).status).toBe(304);
    expect((await get({ "if-range": etag, range: "bytes=0-9" })).status).toBe(206);
    expect((await get({ "if-range": '"other"', range: "bytes=0-9" })).status).toBe(200);
  });
});

describe("a host's decks", () => {
  test("are listed page after page, the newest first, and belong to nobody else", async () => {
    const account = await createAccount();
    const ids: string[] = [];
    for (let index = 0; index < LIMITS.consolePage + 2; index++) {
      ids.unshift((await begin(markdown("# One"), account)).id);
    }
    const path = `/accounts/${account}/decks`;
    const first = await read(Decks, request("GET", path));
    const second = await read(Decks, request("GET", `${path}?cursor=${first.cursor}`));
    expect(first.decks.length).toBe(LIMITS.consolePage);
    expect([...first.decks, ...second.decks].map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(second.cursor).toBeUndefined();
    expect((await request("GET", `${path}?cursor=x`)).status).toBe(400);

    const foreign = `/accounts/${await createAccount()}/decks/${ids[0]}`;
    for (const [method, what, body] of [
      ["GET", "", undefined],
      ["PATCH", "", { title: "Mine" }],
      ["DELETE", "", undefined],
      ["PUT", "/parts/1", "# One"],
      ["PUT", "/files/a.png", PNG],
      ["POST", "/done", undefined],
    ] as const) {
      expect(await refusal(request(method, foreign + what, body))).toMatchObject({ code: "deck_not_found" });
    }
  });

  test("one that is deleted leaves nothing, and a talk without it", async () => {
    const deck = await begin(markdown("# One"));
    await deck.picture("a.png", PNG);
    await deck.part(1, "# One");
    await deck.done();
    await env.HOST_DB.prepare(
      `INSERT INTO talks (id, account, name, date, deck, session_hash, token_id, listed_at, created_at)
       VALUES (?1, ?2, 'Talk', 'today', ?3, ?1, 'token', 1, 1)`,
    )
      .bind(createId(), deck.owner, deck.id)
      .run();
    expect((await request("DELETE", deck.path)).status).toBe(200);
    expect((await request("GET", `/decks/${deck.id}`)).status).toBe(404);
    expect((await env.DECKS.list({ prefix: `decks/${deck.id}/` })).objects).toEqual([]);
    const left = await env.HOST_DB.batch(
      ["decks WHERE id", "deck_parts WHERE deck", "deck_files WHERE deck", "talks WHERE deck"].map((table) =>
        env.HOST_DB.prepare(`SELECT 1 FROM ${table} = ?1`).bind(deck.id),
      ),
    );
    expect(left.flatMap(({ results }) => results)).toEqual([]);
    expect(await refusal(request("DELETE", deck.path))).toMatchObject({ code: "deck_not_found" });
  });

  test("a sweep erases what was given up a day ago, and what was not erased to its end", async () => {
    const [old, marked, young] = [
      await uploadMarkdown("# Old"),
      await uploadMarkdown("# Marked"),
      await uploadMarkdown("# Young"),
    ];
    await env.HOST_DB.batch([
      env.HOST_DB.prepare("UPDATE decks SET created_at = 1 WHERE id = ?1").bind(old.id),
      env.HOST_DB.prepare("UPDATE decks SET status = 'deleting' WHERE id = ?1").bind(marked.id),
    ]);
    expect((await request("POST", "/decks/sweep")).status).toBe(200);
    const { results } = await env.HOST_DB.prepare("SELECT id FROM decks WHERE id IN (?1, ?2, ?3)")
      .bind(old.id, marked.id, young.id)
      .all();
    expect(results).toEqual([{ id: young.id }]);
    expect((await env.DECKS.list({ prefix: `decks/${old.id}/` })).objects).toEqual([]);
  });
});
