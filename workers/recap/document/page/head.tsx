/** @jsxImportSource hono/jsx */
import type { RecapDocument } from "../../../../shared/protocol/recap.ts";
import { words as said } from "../words/en.ts";

const words = said.page;

/** Characters of what is shown beside a link. */
const LONGEST = 200;
/** The same for every talk. scripts/recap-picture.ts makes it. */
const PICTURE = { path: "/assets/recap.png", width: 1200, height: 630 };

interface Props {
  readonly document: RecapDocument;
  readonly url: string | undefined;
}

/** What is said of the page to browsers, and to whoever shows a link to it. No search engine keeps it: a host may take it back. */
export function Head({ document, url }: Props) {
  const { title } = document;
  const description = describe(document);
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{words.title(title)}</title>
      <meta name="description" content={description} />
      <meta name="robots" content="noindex" />
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content="revint" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta
        property="og:image"
        content={url === undefined ? PICTURE.path : new URL(PICTURE.path, url).href}
      />
      <meta property="og:image:width" content={String(PICTURE.width)} />
      <meta property="og:image:height" content={String(PICTURE.height)} />
      <meta property="og:image:alt" content={words.picture} />
      {url !== undefined && <meta property="og:url" content={url} />}
      <meta name="twitter:card" content="summary_large_image" />
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/assets/recap.css" />
      <script type="module" src="/assets/recap.js" />
    </head>
  );
}

/** How its text begins. */
function describe({ sections }: RecapDocument): string {
  const [first] = sections.flatMap(({ type, text }) => (type === "summary" ? text : []));
  const characters = [...(first?.text ?? words.picture)];
  return characters.length <= LONGEST ? characters.join("") : `${characters.slice(0, LONGEST - 1).join("")}…`;
}
