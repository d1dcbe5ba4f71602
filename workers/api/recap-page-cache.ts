import * as z from "zod";
import { readAnswer } from "../lib/read-answer.ts";
import { RECAP_WRITER_HEADER } from "../lib/recap-writer.ts";
import { TtlCache } from "../lib/ttl-cache.ts";
import type { Stores } from "./stores.ts";

/** A published recap, as it is sent. */
export interface RecapPage {
  /** Its version, as an `ETag`. */
  readonly tag: string;
  /** Who keeps it, and says whether it may be read. */
  readonly writer: string;
  readonly body: ArrayBuffer;
}

/** Of all pages together: one of 40 slides has 40 KiB, the longest 600. It leaves an isolate most of its memory. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** By address: each names its own. */
const pages = new TtlCache<RecapPage>(60_000, KEPT_BYTES, ({ body }) => body.byteLength);

const PageHeaders = z.object({ tag: z.string(), writer: z.string() });

/**
 * What everybody may read of a session's recap. Whoever keeps it is asked each time which version that is; what a version
 * says never changes, and is told again for a minute.
 * @param address where it is read
 * @throws ProblemError `recap_not_found`
 */
export async function readRecapPage(stores: Stores, session: string, address: string): Promise<RecapPage> {
  const known = pages.get(address);
  if (known && known.tag === `"${await stores.getPublishedVersion(session, known.writer)}"`) return known;
  const page = await loadPage(stores, session, address);
  pages.set(address, page);
  return page;
}

async function loadPage(stores: Stores, session: string, address: string): Promise<RecapPage> {
  const { page } = stores.recaps.session[":session"];
  const answer = await page.$get({ param: { session }, query: { role: "user" } });
  if (!answer.ok) await readAnswer(z.never(), answer);
  const { headers } = answer;
  return {
    ...PageHeaders.parse({ tag: headers.get("ETag"), writer: headers.get(RECAP_WRITER_HEADER) }),
    body: await writeAddress(answer.body, address).arrayBuffer(),
  };
}

/**
 * What is kept names neither the deployment nor the session. Whoever shows a link to it, such as a messenger, looks for
 * whole addresses.
 */
function writeAddress(page: ReadableStream | null, address: string): Response {
  const rewriter = new HTMLRewriter()
    .on('meta[property="og:url"]', { element: (meta) => void meta.remove() })
    .on('meta[property="og:image"]', {
      element(meta) {
        const picture = meta.getAttribute("content");
        if (picture !== null) meta.setAttribute("content", new URL(picture, address).href);
      },
    })
    .on("head", {
      // A sessionUid holds nothing that means something in HTML.
      element: (head) => void head.append(`<meta property="og:url" content="${address}">`, { html: true }),
    });
  return rewriter.transform(new Response(page));
}
