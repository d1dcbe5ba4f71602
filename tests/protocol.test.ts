import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { walkRoutes } from "../scripts/openapi/route-walk.ts";
import {
  Activities,
  Answer,
  Hiding,
  LiveActivity,
  NewActivity,
  StatusChange,
  TextAnswers,
} from "../shared/interactions/activity/activity.schema.ts";
import { AnswerRow } from "../shared/interactions/activity/answer-row.schema.ts";
import { Ranking } from "../shared/interactions/activity/ranking.schema.ts";
import {
  LiveQuestion,
  NewQuestion,
  QuestionChange,
  Questions,
  Vote,
} from "../shared/interactions/question/question.schema.ts";
import { QuestionRow } from "../shared/interactions/question/question-row.schema.ts";
import { NewReaction } from "../shared/interactions/reaction/reaction.schema.ts";
import { CoHostAnswer, CoHosts, Driver, NewCoHost } from "../shared/protocol/co-host.schema.ts";
import { DeletionAnswer } from "../shared/protocol/deletion.schema.ts";
import { ExportRow } from "../shared/protocol/export.schema.ts";
import { FlowRun, FlowRuns, Flows, NewFlow, SavedFlow } from "../shared/protocol/flow.schema.ts";
import { Health } from "../shared/protocol/health.schema.ts";
import {
  AccountAnswer,
  LinkAnswer,
  Me,
  OneTimeLink,
  SignInLog,
} from "../shared/protocol/host/account.schema.ts";
import { OverlayKey, SessionUid, Uid } from "../shared/protocol/identity.schema.ts";
import { JoinAnswer } from "../shared/protocol/join-code.schema.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import { ClientMessage, ServerMessage } from "../shared/protocol/message.schema.ts";
import { PING, PONG } from "../shared/protocol/message.ts";
import { NewName } from "../shared/protocol/name.schema.ts";
import { NewOverlay, OverlayAnswer, Overlays } from "../shared/protocol/overlay.schema.ts";
import { Problem } from "../shared/protocol/problem.schema.ts";
import { PROBLEMS } from "../shared/protocol/problem.ts";
import {
  RecapDocument,
  RecapEdit,
  RecapPublication,
  RecapStatus,
  WrittenStatement,
} from "../shared/protocol/recap.schema.ts";
import { HostRules, RulesChange } from "../shared/protocol/rules.schema.ts";
import {
  Done,
  LoginAnswer,
  NewSession,
  NewSessionAnswer,
  RevokeAnswer,
  SessionAnswer,
} from "../shared/protocol/session.schema.ts";
import { NewState, SetStateAnswer, StateAnswer } from "../shared/protocol/state.schema.ts";
import { TimelineAnswer } from "../shared/protocol/timeline.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { protocolPage as doc, hostProtocolPage, rowsOf } from "./protocol-page.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** What a fenced example says it is. */
const SCHEMAS: Record<string, z.ZodType> = {
  "client-message": ClientMessage,
  "server-message": ServerMessage,
  Activities,
  Answer,
  AnswerRow,
  CoHostAnswer,
  CoHosts,
  DeletionAnswer,
  Done,
  Driver,
  ExportRow,
  FlowRun,
  FlowRuns,
  Flows,
  Health,
  Hiding,
  JoinAnswer,
  LiveActivity,
  LiveQuestion,
  LoginAnswer,
  NewActivity,
  NewCoHost,
  NewFlow,
  NewName,
  NewOverlay,
  NewQuestion,
  NewReaction,
  NewSession,
  NewSessionAnswer,
  NewState,
  OverlayAnswer,
  Overlays,
  Problem,
  QuestionChange,
  QuestionRow,
  Questions,
  Ranking,
  RecapDocument,
  RecapEdit,
  RecapPublication,
  RecapStatus,
  RevokeAnswer,
  Rules: HostRules,
  RulesChange,
  SavedFlow,
  SessionAnswer,
  SessionTotals,
  SetStateAnswer,
  StateAnswer,
  StatusChange,
  TextAnswers,
  TimelineAnswer,
  Vote,
};

/** The same of the page for hosts. */
const HOST_SCHEMAS: Record<string, z.ZodType> = { AccountAnswer, LinkAnswer, Me, OneTimeLink, SignInLog };

const fencesOf = (page: string) =>
  [...page.matchAll(/^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = "", name, text = ""]) => ({
    language,
    name,
    text,
  }));
const fences = fencesOf(doc);
const examplesOf = (page: string) =>
  fencesOf(page).flatMap(({ language, name = "", text }) => (language === "json" ? [{ name, text }] : []));
const examples = examplesOf(doc);

/** The first number of a text, without its thousands' commas. */
const readNumber = (text = "") => Number(/[\d,]+/.exec(text)?.[0].replaceAll(",", ""));

/** Pages of the deployment alone use these, and they have a page of their own. */
const isOfHosts = (route: string) => / \/(api\/v1\/(host|decks)|deck)\//.test(route);

const documentedRoutes = () => rowsOf("| request |").map(([request = ""]) => request);

describe("every example is what it says", () => {
  test.each(examples.map(({ name, text }, index) => ({ index, name, text })))(
    "$index: $name",
    ({ name, text }) => {
      const schema = SCHEMAS[name];
      if (!schema) throw new Error(`no schema is called "${name}"`);
      const example: unknown = JSON.parse(text);
      // Equal, not just accepted: a field that the schema does not know would be dropped, and one with a default added.
      expect(schema.parse(example)).toEqual(example);
    },
  );

  test("and every schema has one", () => {
    expect([...new Set(examples.map(({ name }) => name))].sort()).toEqual(Object.keys(SCHEMAS).sort());
  });

  test("and asks for a route that exists", () => {
    const patterns = documentedRoutes().map((route) => {
      const escaped = route.replaceAll(/[.]/g, "\\.").replaceAll(/\{\w+\}/g, "[^/?]+");
      return new RegExp(`^${escaped}(\\?\\S+)?$`);
    });
    const requests = fences.flatMap(({ language, text }) =>
      language === "http" ? [text.slice(0, text.indexOf("\n"))] : [],
    );
    for (const request of requests) {
      expect(
        patterns.some((pattern) => pattern.test(request)),
        request,
      ).toBe(true);
    }
    for (const [index, pattern] of patterns.entries()) {
      // The two ends of a pipe's route share one example.
      if (documentedRoutes()[index]?.includes("/host/{uid}/pipe")) continue;
      expect(
        requests.some((request) => pattern.test(request)),
        String(pattern),
      ).toBe(true);
    }
  });

  test("in the stream of events too", () => {
    const stream = fences.find(({ text }) => text.startsWith("retry:"))?.text ?? "";
    const data = [...stream.matchAll(/^data: (.+)$/gm)].map(([, text = ""]) =>
      ServerMessage.parse(JSON.parse(text)),
    );
    expect(data.map(({ type }) => type)).toEqual(["state_change", "reactions", "presence"]);
  });
});

test("and in a recap's", () => {
  const stream = fences.find(({ text }) => text.startsWith("event: status"))?.text ?? "";
  const [status = "", statement = ""] = [...stream.matchAll(/^data: (.+)$/gm)].map(([, text = ""]) => text);
  expect(RecapStatus.parse(JSON.parse(status)).status).toBe("writing");
  expect(WrittenStatement.parse(JSON.parse(statement)).section).toBe("slide:1.0");
});

test.each([
  ["client-message", ClientMessage.options],
  ["server-message", ServerMessage.options],
])("every kind of %s has an example", (name, options) => {
  const shown = examples
    .filter((example) => example.name === name)
    .map(({ text }) => z.object({ type: z.string() }).parse(JSON.parse(text)).type);
  expect([...new Set(shown)].sort()).toEqual(options.map(({ shape }) => shape.type.value).sort());
});

test("the words of a ping are the room's", () => {
  expect(doc).toContain(`the text \`${PING}\``);
  expect(doc).toContain(`the text \`${PONG}\``);
});

test("the table of routes is the api's", async () => {
  const all = (await walkRoutes()).map(({ name }) => name);
  const routes = all.filter((route) => !isOfHosts(route));
  expect(documentedRoutes().sort()).toEqual(routes);
  const inReadme = rowsOf("| request |", readme).map(([request = ""]) => request);
  expect(inReadme.sort()).toEqual(routes);
  // The console's are named below `/api/v1/host`, those of decks in full.
  const ofHosts = rowsOf("| request of a host |", hostProtocolPage).map(([request = ""]) =>
    request.includes(" /") ? request : request.replace(" ", " /api/v1/host/"),
  );
  expect(ofHosts.sort()).toEqual(all.filter(isOfHosts));
});

test.each(examplesOf(hostProtocolPage))("an example of hosts is what it says: $name", ({ name, text }) => {
  const schema = HOST_SCHEMAS[name];
  if (!schema) throw new Error(`no schema is called "${name}"`);
  const example: unknown = JSON.parse(text);
  expect(schema.parse(example)).toEqual(example);
});

test("the table of errors is the code's", () => {
  const rows = [doc, hostProtocolPage].flatMap((page) => rowsOf("| code | status", page));
  const documented = rows.map(([code, status]) => [code, Number(status)]);
  expect(Object.fromEntries(documented)).toEqual(
    Object.fromEntries(Object.entries(PROBLEMS).map(([code, { status }]) => [code, status])),
  );
});

test("the tables of limits are the code's", () => {
  const rows = [doc, hostProtocolPage].flatMap((page) => rowsOf("| what | limit", page));
  const documented = rows.map(([, limit, name]) => [name, readNumber(limit)]);
  expect(Object.fromEntries(documented)).toEqual(LIMITS);
});

test("the names have the shape and the length that the table says", () => {
  const rows = rowsOf("| name | characters");
  expect(rows).toHaveLength(6);
  for (const [name = "", length, example = ""] of rows) {
    expect(example, name).toHaveLength(Number(length));
    if (name === "sessionUid") SessionUid.parse(example);
    if (name.endsWith("uid")) Uid.parse(example);
    if (name === "overlay key") OverlayKey.parse(example);
  }
});

test("what the text says about times and counts is what the limits say", () => {
  const minutes = (ms: number) => ms / 60_000;
  expect(doc).toContain(`every ${LIMITS.pingMs / 1000} seconds; the answer`);
  expect(doc).toContain(`closes pipes from which no ping has come for ${LIMITS.silentMs / 1000} seconds`);
  expect(doc).toContain(`one that has been silent for ${LIMITS.ghostMs / 1000} seconds makes place`);
  expect(doc).toContain(`silent for ${LIMITS.silentMs / 1000} s`);
  expect(doc).toContain(
    `more than ${LIMITS.messagesPerSecond} messages a second, ${LIMITS.floodSeconds} seconds in a row`,
  );
  expect(doc).toContain(
    `hosts hear them at most every ${LIMITS.hostCadenceMs} ms, users at most every second`,
  );
  expect(LIMITS.userCadenceMs).toBe(1000);
  expect(doc).toContain("remembers (uid, id) for two hours");
  expect(doc).toContain("for at most one hour");
  expect(minutes(LIMITS.rememberMs)).toBe(120);
  expect(doc).toContain(`is kept** for ${LIMITS.retentionDays} days`);
});
