import * as z from "zod";
import type { ModelRequest } from "./model-script.ts";

const Counted = z.object({ label: z.string(), count: z.number() });

/** What of the material this model understands. */
const Excerpt = z.object({
  totals: z.object({ people: z.number(), reactions: z.number() }),
  summary: z.object({ id: z.string() }).optional(),
  slides: z.array(z.object({ id: z.string(), title: z.string().optional(), reactions: z.array(Counted) })),
  activities: z.array(z.object({ id: z.string(), people: z.number() })),
  questions: z.object({ mostWanted: z.array(z.object({ id: z.string(), votes: z.number() })) }).optional(),
});

/** A recap that is true to the material in a prompt: plain sentences with its numbers. */
export function writeLines({ body }: ModelRequest): string[] {
  const excerpt = readExcerpt(body.messages.at(-1)?.content ?? "");
  if (!excerpt) return [];
  const { totals, summary, slides, activities, questions } = excerpt;
  const [asked] = questions?.mostWanted ?? [];
  return [
    ...(summary
      ? [
          write(
            summary.id,
            `The model says that ${totals.people} joined and reacted ${totals.reactions} times.`,
          ),
        ]
      : []),
    ...slides.map(({ id, reactions: [first] }) =>
      write(
        id,
        first
          ? `The model counted ${first.count} of the most frequent reaction.`
          : "The model saw a quiet room.",
      ),
    ),
    ...activities.map(({ id, people }) => write(id, `The model says that ${people} took part.`)),
    ...(asked ? [write("questions", `The model saw ${asked.votes} votes for the first one.`, asked.id)] : []),
  ];
}

const write = (section: string, text: string, source = section) =>
  JSON.stringify({ section, text, sources: [source] });

function readExcerpt(prompt: string) {
  const [, json] = /<material>\n(.*)\n<\/material>/s.exec(prompt) ?? [];
  return json === undefined ? undefined : Excerpt.parse(JSON.parse(json));
}
