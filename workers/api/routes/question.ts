import { Hono } from "hono";
import * as z from "zod";
import {
  LiveQuestion,
  NewQuestion,
  QuestionChange,
  QuestionId,
  QuestionSort,
  Vote,
} from "../../../shared/interactions/question/question.schema.ts";
import type { Questions } from "../../../shared/interactions/question/question.ts";
import type { QuestionRow } from "../../../shared/interactions/question/question-row.ts";
import { ExportFormat } from "../../../shared/protocol/export.schema.ts";
import type { Done } from "../../../shared/protocol/session.ts";
import { ReactionId } from "../../../shared/protocol/text.schema.ts";
import { parse } from "../../lib/problem-error.ts";
import { QUESTION_CURSOR } from "../../lib/question-cursor.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { createRowWriter, EXPORT_CONTENT_TYPES } from "../../lib/row-writer.ts";
import { validate } from "../../lib/validate.ts";
import {
  isHost,
  requireActor,
  requireParticipant,
  requireReader,
  requireSession,
  requireToken,
} from "../auth.ts";
import { readBody } from "../body.ts";
import type { RequestEnv } from "../request-env.ts";

const question = validate("param", z.object({ question: QuestionId }));

const PageQuery = z.object({
  sort: QuestionSort.default("votes"),
  cursor: z.string().regex(QUESTION_CURSOR, "not a cursor of this list").optional(),
});

/** All of them in one answer: there are not many, and each is as it stands now. So there is nothing to go on with. */
const RowsQuery = z.object({ format: ExportFormat.default("ndjson") });

const questionRows = createRowWriter<QuestionRow>([
  "time",
  "question",
  "text",
  "name",
  "status",
  "votes",
  "pinned",
  "answer",
]);

/** Without a key of the caller's, every request is one of its own. */
const readKey = (given: string | undefined): string => parse(ReactionId, given ?? crypto.randomUUID());

/** What the audience asks, what it wants answered, and what hosts do with it. */
export const questions = new Hono<RequestEnv>()
  .get(
    "/:sessionUid/questions",
    requireSession,
    requireToken,
    requireParticipant(),
    validate("query", PageQuery),
    async (c) => {
      const { name } = c.get("participant");
      const role = isHost(c.get("grant"), name) ? "host" : "user";
      const listed = await c
        .get("stores")
        .listQuestions(c.get("session").hash, name, role, c.req.valid("query"));
      return c.json(listed satisfies Questions, 200);
    },
  )
  .get(
    "/:sessionUid/questions/export",
    requireSession,
    requireReader,
    validate("query", RowsQuery),
    async (c) => {
      const { format } = c.req.valid("query");
      const { name } = c.get("participant");
      const actor = c.get("grant").role === "user" ? undefined : c.get("actor");
      const rows = await c.get("stores").exportQuestions(c.get("session").hash, name, actor);
      const lines = rows.map((row) => questionRows.writeRow(format, row));
      return c.body(questionRows.getFirstRow(format) + lines.join(""), 200, {
        "Content-Type": EXPORT_CONTENT_TYPES[format],
        "Content-Disposition": `attachment; filename="questions.${format}"`,
      });
    },
  )
  .post(
    "/:sessionUid/questions/:question",
    requireSession,
    requireActor("moderator"),
    question,
    readBody(QuestionChange),
    async (c) => {
      const param = { session: c.get("session").hash, question: c.req.valid("param").question };
      const one = c.get("stores").sessions.session[":session"].questions[":question"];
      const answer = await one.$put({ param, query: c.get("actor"), json: c.req.valid("json") });
      return c.json(await readAnswer(LiveQuestion, answer), 200);
    },
  )
  .post(
    "/:sessionUid/user/:uid/questions",
    requireSession,
    requireToken,
    requireParticipant("user"),
    readBody(NewQuestion),
    async (c) => {
      const asked = { id: readKey(c.req.header("Idempotency-Key")), ...c.req.valid("json") };
      const kept = await c.get("stores").ask(c.get("session").hash, c.get("participant").name, asked);
      return c.json(kept, 201);
    },
  )
  .put(
    "/:sessionUid/user/:uid/questions/:question/vote",
    requireSession,
    requireToken,
    requireParticipant("user"),
    question,
    readBody(Vote),
    async (c) => {
      const id = readKey(c.req.header("Idempotency-Key"));
      const vote = { id, question: c.req.valid("param").question, ...c.req.valid("json") };
      await c.get("stores").vote(c.get("session").hash, c.get("participant").name, vote);
      return c.json({ success: true } satisfies Done, 200);
    },
  )
  .delete(
    "/:sessionUid/user/:uid/questions/:question",
    requireSession,
    requireToken,
    requireParticipant("user"),
    question,
    async (c) => {
      const { hash } = c.get("session");
      await c.get("stores").withdraw(hash, c.get("participant").name, c.req.valid("param").question);
      return c.body(null, 204);
    },
  );
