import * as z from "zod";
import { Flows, SavedFlow } from "../../shared/protocol/flow.schema.ts";
import {
  AccountAnswer,
  Accounts,
  LinkAnswer,
  Me,
  OneTimeLink,
  Passkey,
  PasskeyOptions,
  SignInLog,
  SignUpAnswer,
} from "../../shared/protocol/host/account.schema.ts";
import { DeckAnswer, Decks, DeckUpload, PublicDeck } from "../../shared/protocol/host/deck.schema.ts";
import { SavedActivities, SummaryAnswer, TalkAnswer, Talks } from "../../shared/protocol/host/talk.schema.ts";
import type { ProblemCode } from "../../shared/protocol/problem.ts";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { type Group, HTML, type Media } from "./operation.ts";

const HOST = "/api/v1/host";
const TALK = `${HOST}/talks/{talk}`;
const DECK = `${HOST}/decks/{deck}`;

/** What a way in may be refused with. */
const ENTERING: ProblemCode[] = ["sign_in_failed", "rate_limited", "not_configured"];
const OF_TALK: ProblemCode[] = ["talk_not_found", "not_configured"];
const OF_UPLOAD: ProblemCode[] = [
  "deck_not_found",
  "conflict",
  "deck_not_valid",
  "too_large",
  "limit_reached",
];

const SavedFlows = z.object({ flows: z.array(SavedFlow) });
const PDF: Media = { types: ["application/pdf"], isBinary: true };
const PICTURE: Media = {
  types: ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"],
  isBinary: true,
};

/** Accounts of hosts, and what they bring along: for pages of the deployment alone. */
export const hostGroups: readonly Group[] = [
  {
    tag: "Accounts",
    about:
      "Hosts with an account. The cookie `revint-host` says who is signed in; pages of another origin are refused (`foreign_origin`).",
    operations: {
      [`GET ${HOST}/sign-up`]: { summary: "tells who may sign up", answers: { 200: SignUpAnswer } },
      [`POST ${HOST}/sign-up`]: {
        summary: "makes an account",
        answers: { 201: AccountAnswer },
        cookie: "revint-host",
        problems: [...ENTERING, "sign_up_refused"],
      },
      [`POST ${HOST}/sign-in`]: {
        summary: "signs this browser in",
        answers: { 200: AccountAnswer },
        cookie: "revint-host",
        problems: [...ENTERING, "too_many_attempts"],
      },
      [`POST ${HOST}/sign-out`]: {
        summary: "signs this browser out, or every one",
        answers: { 204: null },
        cookie: "revint-host",
        isBodyOptional: true,
      },
      [`POST ${HOST}/links`]: {
        summary: "tells what a one-time link is for",
        answers: { 200: LinkAnswer },
        problems: ["link_not_valid", "rate_limited"],
      },
      [`POST ${HOST}/recover`]: {
        summary: "gives the account of a one-time link a new way in",
        answers: { 200: AccountAnswer },
        cookie: "revint-host",
        problems: [...ENTERING, "link_not_valid", "conflict"],
      },
      [`POST ${HOST}/passkeys/options`]: {
        summary: "says what a browser is to be asked for",
        answers: { 200: PasskeyOptions },
        problems: ["not_signed_in", "sign_up_refused", "link_not_valid", "rate_limited", "not_configured"],
      },
      [`POST ${HOST}/passkeys`]: {
        summary: "adds a passkey",
        answers: { 201: Passkey },
        problems: ["sign_in_failed", "limit_reached", "conflict"],
      },
      [`DELETE ${HOST}/passkeys/{passkey}`]: {
        summary: "removes a passkey",
        answers: { 204: null },
        problems: ["not_found", "last_way_in"],
      },
      [`GET ${HOST}/me`]: { summary: "tells whose account it is, and its ways in", answers: { 200: Me } },
      [`PATCH ${HOST}/me`]: { summary: "changes its name", answers: { 200: AccountAnswer } },
      [`DELETE ${HOST}/me`]: {
        summary: "deletes the account and all it holds",
        answers: { 202: null },
        cookie: "revint-host",
        problems: ["account_not_found", "conflict"],
      },
      [`PUT ${HOST}/me/password`]: {
        summary: "sets a password",
        answers: { 204: null },
        problems: ["sign_in_failed", "too_many_attempts", "rate_limited"],
      },
      [`DELETE ${HOST}/me/browsers/{browser}`]: {
        summary: "signs one browser out",
        answers: { 204: null },
        problems: ["not_found"],
      },
      [`GET ${HOST}/me/log`]: {
        summary: "tells what happened at the account's doors",
        answers: { 200: SignInLog },
      },
      [`GET ${HOST}/admin/accounts`]: { summary: "lists all accounts", answers: { 200: Accounts } },
      [`DELETE ${HOST}/admin/accounts/{account}`]: {
        summary: "deletes somebody's account",
        answers: { 202: null },
        problems: ["account_not_found", "conflict"],
      },
      [`PUT ${HOST}/admin/accounts/{account}/role`]: {
        summary: "makes somebody an admin, or no longer",
        answers: { 204: null },
        problems: ["account_not_found", "conflict"],
      },
      [`POST ${HOST}/admin/invitations`]: {
        summary: "invites somebody",
        answers: { 201: OneTimeLink },
        problems: ["conflict", "sign_up_closed", "not_configured"],
      },
      [`POST ${HOST}/admin/accounts/{account}/recovery`]: {
        summary: "makes somebody a way back in",
        answers: { 201: OneTimeLink },
        problems: ["account_not_found"],
      },
    },
  },
  {
    tag: "Talks",
    about: "A host's talks, and what is saved with them.",
    operations: {
      [`GET ${HOST}/talks`]: { summary: "lists the talks", answers: { 200: Talks } },
      [`POST ${HOST}/talks`]: {
        summary: "plans a talk",
        answers: { 201: TalkAnswer },
        problems: ["limit_reached", "deck_not_found", "not_configured"],
      },
      [`GET ${TALK}`]: {
        summary: "tells of a talk, with a token",
        answers: { 200: TalkAnswer },
        problems: OF_TALK,
      },
      [`PATCH ${TALK}`]: {
        summary: "changes a talk",
        answers: { 200: TalkAnswer },
        problems: [...OF_TALK, "deck_not_found"],
      },
      [`DELETE ${TALK}`]: {
        summary: "deletes a talk with its session",
        answers: { 202: null, 204: null },
        problems: OF_TALK,
      },
      [`POST ${TALK}/token`]: {
        summary: "makes a new token: those of before are refused",
        answers: { 200: TalkAnswer },
        problems: OF_TALK,
      },
      [`GET ${TALK}/summary`]: {
        summary: "tells how its session stands",
        answers: { 200: SummaryAnswer },
        problems: OF_TALK,
      },
      [`GET ${TALK}/recap`]: {
        summary: "tells how its recap stands",
        answers: { 200: RecapStatus },
        problems: OF_TALK,
      },
      [`GET ${TALK}/activities`]: {
        summary: "tells which activities are saved",
        answers: { 200: SavedActivities },
        problems: OF_TALK,
      },
      [`PUT ${TALK}/activities`]: {
        summary: "saves activities",
        answers: { 200: SavedActivities },
        problems: [...OF_TALK, "conflict"],
      },
      [`POST ${TALK}/activities/from-session`]: {
        summary: "saves those of the talk's session, too",
        answers: { 200: SavedActivities },
        problems: [...OF_TALK, "session_not_found", "limit_reached", "too_large", "conflict"],
      },
      [`GET ${TALK}/flows`]: {
        summary: "tells which flows are saved",
        answers: { 200: Flows },
        problems: OF_TALK,
      },
      [`POST ${TALK}/flows`]: {
        summary: "saves several flows, all or none",
        answers: { 200: SavedFlows },
        problems: [...OF_TALK, "capability_missing", "limit_reached"],
      },
      [`PUT ${TALK}/flows/{flow}`]: {
        summary: "saves a flow",
        answers: { 200: SavedFlow },
        problems: [...OF_TALK, "capability_missing", "limit_reached"],
      },
      [`DELETE ${TALK}/flows/{flow}`]: {
        summary: "takes a saved flow away",
        answers: { 204: null },
        problems: [...OF_TALK, "flow_not_found"],
      },
      [`POST ${TALK}/flows/from-session`]: {
        summary: "saves those of the talk's session, too",
        answers: { 200: Flows },
        problems: [...OF_TALK, "session_not_found", "limit_reached"],
      },
    },
  },
  {
    tag: "Decks",
    about: "Decks that hosts bring along: uploaded in parts, and read by whoever knows their id.",
    operations: {
      [`GET ${HOST}/decks`]: { summary: "lists the decks", answers: { 200: Decks } },
      [`POST ${HOST}/decks`]: {
        summary: "begins an upload",
        answers: { 201: DeckUpload },
        problems: ["deck_not_valid", "limit_reached"],
      },
      [`GET ${DECK}`]: {
        summary: "tells which parts are there",
        answers: { 200: DeckUpload },
        problems: ["deck_not_found"],
      },
      [`PATCH ${DECK}`]: {
        summary: "changes its title",
        answers: { 200: DeckAnswer },
        problems: ["deck_not_found"],
      },
      [`DELETE ${DECK}`]: { summary: "deletes it", answers: { 204: null }, problems: ["deck_not_found"] },
      [`PUT ${DECK}/parts/{number}`]: {
        summary: "sends a part",
        upload: ["application/octet-stream"],
        answers: { 200: DeckUpload },
        problems: OF_UPLOAD,
      },
      [`PUT ${DECK}/files/{name}`]: {
        summary: "sends a picture of a Markdown deck",
        upload: ["application/octet-stream", ...PICTURE.types],
        answers: { 200: DeckUpload },
        problems: OF_UPLOAD,
      },
      [`POST ${DECK}/done`]: {
        summary: "has it made ready to be shown",
        answers: { 200: DeckAnswer },
        problems: OF_UPLOAD,
      },
      "GET /api/v1/decks/{deck}": {
        summary: "tells what a deck's page draws",
        answers: { 200: PublicDeck },
        problems: ["deck_not_found"],
      },
      "GET /api/v1/decks/{deck}/file": {
        summary: "reads the PDF, or a range of it",
        answers: { 200: PDF, 206: PDF, 304: null, 416: null },
        problems: ["deck_not_found"],
      },
      "GET /api/v1/decks/{deck}/files/{name}": {
        summary: "reads a picture",
        answers: { 200: PICTURE, 206: PICTURE, 304: null, 416: null },
        problems: ["deck_not_found"],
      },
      "GET /deck/{deck}": {
        summary: "shows a deck's page: one file for every deck",
        answers: { 200: HTML, 304: null },
      },
    },
  },
];
