import * as z from "zod";
import { Activities, LiveActivity, TextAnswers } from "../../shared/interactions/activity/activity.schema.ts";
import { AnswerRow } from "../../shared/interactions/activity/answer-row.schema.ts";
import { Ranking } from "../../shared/interactions/activity/ranking.schema.ts";
import { LiveQuestion, Questions } from "../../shared/interactions/question/question.schema.ts";
import { QuestionRow } from "../../shared/interactions/question/question-row.schema.ts";
import { CoHostAnswer, CoHosts, Driver } from "../../shared/protocol/co-host.schema.ts";
import { DeletionAnswer } from "../../shared/protocol/deletion.schema.ts";
import { ExportRow } from "../../shared/protocol/export.schema.ts";
import { JoinAnswer } from "../../shared/protocol/join-code.schema.ts";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";
import { OverlayAnswer, Overlays } from "../../shared/protocol/overlay.schema.ts";
import type { ProblemCode } from "../../shared/protocol/problem.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import {
  Done,
  LoginAnswer,
  NewSessionAnswer,
  RevokeAnswer,
  SessionAnswer,
} from "../../shared/protocol/session.schema.ts";
import { SetStateAnswer, StateAnswer } from "../../shared/protocol/state.schema.ts";
import { TimelineAnswer } from "../../shared/protocol/timeline.schema.ts";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";
import { eventsOf, type Group, HTML, rowsOfEach } from "./operation.ts";

const SESSION = "/api/v1/session/{sessionUid}";

/** What a room hears of whoever takes part. */
const OF_ROOM: ProblemCode[] = ["session_not_found", "session_full", "rate_limited", "not_participant"];
/** … and changes something. */
const TAKING_PART: ProblemCode[] = [...OF_ROOM, "session_ended", "blocked", "conflict"];
/** What only the session's root knows of whoever acts as a host. */
const ACTING: ProblemCode[] = ["session_ended", "not_host", "role_not_allowed", "not_participant"];
const DRIVING: ProblemCode[] = [...ACTING, "not_driving"];

const PIPE =
  "A WebSocket; an upgrade carries no headers of ours, so the uid in the path says who it is. " +
  "Over it go the messages `ClientMessage` and `ServerMessage`, one in JSON each. A ping is the text `ping`; close codes and limits are in docs/protocol.md.";

export const sessionGroups: readonly Group[] = [
  {
    tag: "Sessions",
    about: "Starting, finding and joining a session, and what ends it.",
    operations: {
      "POST /api/v1/session/new": {
        answers: { 200: NewSessionAnswer },
        needs: ["token"],
        takesUid: true,
        cookie: "uid",
        problems: ["missing_token", "invalid_token", "not_host", "wrong_session", "session_not_found"],
      },
      [`GET ${SESSION}`]: { answers: { 200: SessionAnswer } },
      "GET /api/v1/session": { answers: { 200: SessionAnswer }, needs: ["token"] },
      "GET /api/v1/join/{code}": {
        answers: { 200: JoinAnswer },
        problems: ["session_not_found", "rate_limited"],
      },
      "GET /{code}": {
        param: z.object({ code: z.string().regex(/^[1-9]/) }),
        about: "For people. A code that leads nowhere is answered with a page that asks for another one.",
        answers: { 302: null, 307: null, 404: HTML, 429: HTML, 503: HTML },
      },
      "GET /j/{code}": { answers: { 302: null, 404: HTML, 429: HTML, 503: HTML } },
      "GET /j": {
        query: z.object({ code: z.string().optional() }),
        answers: { 302: null, 404: HTML, 429: HTML, 503: HTML },
      },
      [`POST ${SESSION}/login`]: {
        answers: { 200: LoginAnswer },
        takesUid: true,
        cookie: "uid",
        isBodyOptional: true,
        problems: ["session_full", "rate_limited", "session_ended", "not_participant"],
      },
      [`POST ${SESSION}/end`]: { answers: { 200: SessionTotals }, problems: ACTING },
      [`POST ${SESSION}/revoke`]: {
        answers: { 200: RevokeAnswer },
        cookie: "uid",
        problems: ["session_ended"],
      },
      [`DELETE ${SESSION}`]: {
        about: "202: the next request of the same kind goes on with what is left.",
        answers: { 202: DeletionAnswer, 204: null },
        problems: ["rate_limited"],
      },
      [`DELETE ${SESSION}/user/{uid}`]: {
        answers: { 204: null },
        problems: ["rate_limited"],
      },
    },
  },
  {
    tag: "Live",
    about: "What is going on at this moment: where the deck is, reactions, and what everybody hears.",
    operations: {
      [`POST ${SESSION}/user/{uid}/react`]: {
        isIdempotent: true,
        answers: { 200: Done },
        problems: [...TAKING_PART, "reaction_not_allowed", "reactions_paused", "too_many_kinds"],
      },
      [`POST ${SESSION}/user/{uid}/react/{page}/{reaction}`]: {
        isIdempotent: true,
        answers: { 200: Done },
        problems: [...TAKING_PART, "reaction_not_allowed", "reactions_paused", "too_many_kinds"],
      },
      [`POST ${SESSION}/state`]: { answers: { 200: SetStateAnswer }, problems: DRIVING },
      [`POST ${SESSION}/state/{page}/{state}`]: { answers: { 200: SetStateAnswer }, problems: DRIVING },
      [`GET ${SESSION}/state`]: { answers: { 200: StateAnswer }, problems: [...OF_ROOM, "session_ended"] },
      [`GET ${SESSION}/reactions`]: { answers: { 200: SessionTotals }, problems: [...OF_ROOM] },
      [`GET ${SESSION}/events`]: {
        about:
          "For networks that break sockets, and for `EventSource`, which has no headers: the audience token and a uid may stand in the query.",
        query: z.object({ token: z.string().optional(), uid: z.string().optional() }),
        answers: { 200: eventsOf(ServerMessage) },
        problems: [...OF_ROOM, "session_ended"],
      },
      "GET /ws/v1/session/{sessionUid}/host/{uid}/pipe": {
        about: PIPE,
        answers: { 101: null },
        problems: [...OF_ROOM, "session_ended"],
      },
      "GET /ws/v1/session/{sessionUid}/user/{uid}/pipe": {
        about: PIPE,
        answers: { 101: null },
        problems: [...OF_ROOM, "session_ended"],
      },
    },
  },
  {
    tag: "Activities",
    about:
      "Polls, quiz questions, ratings, word clouds and open questions: what hosts ask, and what people answer.",
    operations: {
      [`GET ${SESSION}/activities`]: {
        answers: { 200: Activities },
        problems: [...OF_ROOM, "session_ended"],
      },
      [`PUT ${SESSION}/activities/{activity}`]: {
        answers: { 200: LiveActivity },
        problems: [...DRIVING, "too_many_activities", "conflict"],
      },
      [`DELETE ${SESSION}/activities/{activity}`]: {
        answers: { 204: null },
        problems: [...DRIVING, "activity_not_found"],
      },
      [`POST ${SESSION}/activities/{activity}/status`]: {
        answers: { 200: LiveActivity },
        problems: [...DRIVING, "activity_not_found", "too_many_activities", "conflict"],
      },
      [`POST ${SESSION}/activities/{activity}/hidden`]: {
        answers: { 200: Done },
        problems: [...ACTING, "activity_not_found"],
      },
      [`GET ${SESSION}/activities/{activity}/answers`]: {
        answers: { 200: TextAnswers },
        problems: ["activity_not_found", "not_public"],
      },
      [`GET ${SESSION}/activities/{activity}/ranking`]: {
        answers: { 200: Ranking },
        problems: [...OF_ROOM, "session_ended", "activity_not_found", "not_public"],
      },
      [`PUT ${SESSION}/user/{uid}/answers/{activity}`]: {
        isIdempotent: true,
        answers: { 200: Done },
        problems: [
          ...TAKING_PART,
          "activity_not_found",
          "activity_closed",
          "answer_not_valid",
          "answer_fixed",
          "too_many_words",
        ],
      },
      [`PUT ${SESSION}/user/{uid}/name`]: {
        answers: { 200: Done },
        problems: [...TAKING_PART, "name_taken", "names_off"],
      },
    },
  },
  {
    tag: "Questions",
    about: "What the audience asks, what it wants answered, and what hosts do with it.",
    operations: {
      [`GET ${SESSION}/questions`]: { answers: { 200: Questions }, problems: [...OF_ROOM, "session_ended"] },
      [`POST ${SESSION}/user/{uid}/questions`]: {
        isIdempotent: true,
        answers: { 201: LiveQuestion },
        problems: [...TAKING_PART, "questions_off", "too_many_questions", "names_off"],
      },
      [`PUT ${SESSION}/user/{uid}/questions/{question}/vote`]: {
        isIdempotent: true,
        answers: { 200: Done },
        problems: [...TAKING_PART, "question_not_found", "questions_off", "own_question", "question_fixed"],
      },
      [`DELETE ${SESSION}/user/{uid}/questions/{question}`]: {
        answers: { 204: null },
        problems: [...TAKING_PART, "question_not_found", "question_fixed"],
      },
      [`POST ${SESSION}/questions/{question}`]: {
        answers: { 200: LiveQuestion },
        problems: [...ACTING, "question_not_found", "conflict"],
      },
      [`GET ${SESSION}/questions/export`]: {
        answers: { 200: rowsOfEach(QuestionRow) },
        problems: ["not_public", "role_not_allowed"],
      },
    },
  },
  {
    tag: "Moderation",
    about: "Who drives, what is allowed, who is blocked, who hosts too, and which overlays may look on.",
    operations: {
      [`POST ${SESSION}/driver`]: { answers: { 200: Driver }, problems: ACTING },
      [`GET ${SESSION}/rules`]: { answers: { 200: HostRules }, problems: ACTING },
      [`POST ${SESSION}/rules`]: { answers: { 200: HostRules }, problems: ACTING },
      [`PATCH ${SESSION}/rules`]: { answers: { 200: HostRules }, problems: ACTING },
      [`POST ${SESSION}/user/{uid}/block`]: {
        answers: { 200: Done },
        problems: ACTING,
        isBodyOptional: true,
      },
      [`POST ${SESSION}/user/{uid}/unblock`]: { answers: { 200: Done }, problems: ACTING },
      [`POST ${SESSION}/hosts`]: { answers: { 201: CoHostAnswer }, problems: ACTING },
      [`GET ${SESSION}/hosts`]: { answers: { 200: CoHosts }, problems: ACTING },
      [`DELETE ${SESSION}/hosts/{uid}`]: { answers: { 204: null }, problems: ACTING },
      [`POST ${SESSION}/overlays`]: {
        answers: { 201: OverlayAnswer },
        problems: ACTING,
        isBodyOptional: true,
      },
      [`GET ${SESSION}/overlays`]: { answers: { 200: Overlays }, problems: ACTING },
      [`DELETE ${SESSION}/overlays/{uid}`]: { answers: { 204: null }, problems: ACTING },
      [`POST ${SESSION}/overlays/login`]: {
        about: "The overlay's key goes where tokens go.",
        answers: { 200: LoginAnswer },
        problems: ["session_ended"],
      },
    },
  },
  {
    tag: "Results",
    about: "The story of a session, while it runs and afterwards.",
    operations: {
      [`GET ${SESSION}/timeline`]: {
        answers: { 200: TimelineAnswer },
        problems: ["not_public", "role_not_allowed"],
      },
      [`GET ${SESSION}/reactions/export`]: {
        answers: { 200: rowsOfEach(ExportRow) },
        problems: ["not_public", "role_not_allowed", "rate_limited"],
      },
      [`GET ${SESSION}/answers/export`]: {
        answers: { 200: rowsOfEach(AnswerRow) },
        problems: ["not_public", "role_not_allowed", "rate_limited"],
      },
    },
  },
];
