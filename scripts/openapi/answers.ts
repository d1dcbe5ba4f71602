import { PROBLEMS, type ProblemCode } from "../../shared/protocol/problem.ts";
import type { Components, Json } from "./components.ts";
import { type Answer, isMedia, type Media, type Operation } from "./operation.ts";
import type { Words } from "./words.ts";

/* What a route answers: what it is asked for, and what it refuses with. */

/** A part may always be down, and any of us be wrong. */
const EVERYWHERE: readonly ProblemCode[] = ["unavailable", "internal"];

const GOOD: Readonly<Record<number, string>> = {
  101: "The socket is open.",
  200: "Done.",
  201: "Made.",
  202: "Taken: it is done soon.",
  204: "Done; there is nothing to say.",
  206: "The range that was asked for.",
  302: "It is at `Location`.",
  307: "It is no code, and a page is at `Location`.",
  304: "It is as the caller knows it.",
  404: "A page that says that there is nothing.",
  416: "There is no such range.",
  429: "A page that says how long to wait.",
  503: "A page that tries again.",
};

const REQUEST_ID: Json = { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } };
const RETRY_AFTER: Json = { "Retry-After": { $ref: "#/components/headers/Retry-After" } };

/** @param isOfApi and no page: it has an id, and refuses with problems */
export function describeAnswers(
  { answers, cookie }: Operation,
  problems: readonly ProblemCode[],
  isOfApi: boolean,
  components: Components,
): Json {
  const described: Json = {};
  for (const [status, answer] of Object.entries(answers)) {
    const isGood = Number(status) < 400;
    const content = describeContent(answer, components);
    described[status] = {
      description: GOOD[Number(status)] ?? "Done.",
      headers: {
        ...(isOfApi && Number(status) !== 101 && REQUEST_ID),
        ...((Number(status) === 302 || Number(status) === 307) && {
          Location: { schema: { type: "string" } },
        }),
        ...(cookie !== undefined && isGood && { "Set-Cookie": describeCookie(cookie) }),
      },
      ...(content && { content }),
    };
  }
  if (isOfApi) Object.assign(described, describeProblems([...problems, ...EVERYWHERE]));
  return described;
}

const describeCookie = (name: string): Json => ({
  description: `The cookie \`${name}\`.`,
  schema: { type: "string" },
});

function describeContent(answer: Answer, components: Components): Json | undefined {
  if (answer === null) return undefined;
  if (isMedia(answer)) return describeMedia(answer, components);
  return { "application/json": { schema: components.describe(answer, "output") } };
}

function describeMedia({ types, each, isBinary }: Media, components: Components): Json {
  const bytes = { schema: {} };
  return Object.fromEntries(
    types.map((type) => {
      if (isBinary) return [type, bytes];
      // A table of commas has the same columns, but no JSON in it.
      const isOfJson = each !== undefined && type !== "text/csv";
      const inside = isOfJson && { contentSchema: components.describe(each, "output") };
      return [type, { schema: { type: "string", ...inside } }];
    }),
  );
}

/** One answer for each status, with the codes that go with it. */
function describeProblems(codes: readonly ProblemCode[]): Json {
  const described: Json = {};
  const unique = [...new Set(codes)].sort((a, b) => PROBLEMS[a].status - PROBLEMS[b].status);
  for (const { status } of unique.map((code) => PROBLEMS[code])) {
    const own = unique.filter((code) => PROBLEMS[code].status === status);
    const isLater = status === 429 || status === 503;
    described[status] = {
      description: own.map((code) => `\`${code}\``).join(", "),
      headers: { ...REQUEST_ID, ...(isLater && RETRY_AFTER) },
      content: {
        "application/problem+json": {
          schema: {
            $ref: "#/components/schemas/Problem",
            properties: { status: { const: status }, code: { enum: own } },
          },
        },
      },
    };
  }
  return described;
}

/** Every code there is: its status, when it is answered, and what to do then. */
export const describeCodes = ({ codes }: Words): Json => ({
  oneOf: Object.entries(PROBLEMS).map(([code, { status, title }]) => {
    const { when, advice } = codes.get(code) ?? { when: "", advice: "" };
    const sentences = [when, advice].filter((each) => each !== "").map((each) => `${startBig(each)}.`);
    return { const: code, title: `${title} (${status})`, description: sentences.join(" ") };
  }),
});

export const startBig = (text: string): string => `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
