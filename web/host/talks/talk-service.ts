import type { Talk, TalkChange, TalkLinks, TalkSummary } from "../../../shared/protocol/host/talk.ts";
import type { RecapStatus } from "../../../shared/protocol/recap.ts";
import { type Fields, isFields, isNumber, isText } from "../../client/fields.ts";
import { readRecapStatus } from "../../ui/recap-service.ts";
import { ask, askFor, fromCursor, type ListPage, readList } from "../service.ts";

/* Talks of the account that is signed in. */

export const listTalks = (cursor?: string): Promise<ListPage<Talk>> =>
  askFor(readList("talks", readTalk), "GET", `talks${fromCursor(cursor)}`);

/** @throws RevintError `limit_reached` */
export const createTalk = (name: string, deck: string | null): Promise<Talk> =>
  askFor(readTalkOf, "POST", "talks", { name, date: getToday(), deck });

/** Where its host is, as `2026-11-20`: the service does not know where that is. (Swedish dates are written that way.) */
const getToday = (): string => new Date().toLocaleDateString("sv-SE");

export const changeTalk = (talk: string, change: TalkChange): Promise<Talk> =>
  askFor(readTalkOf, "PATCH", pathOf(talk), change);

/** Where to go with it. All but `join` are secrets: for one use, and to be kept nowhere. @throws RevintError `talk_not_found` */
export const getLinks = (talk: string): Promise<TalkLinks> => askFor(readLinks, "GET", pathOf(talk));

/** Links of before are refused from now on. */
export const renewToken = (talk: string): Promise<Talk> =>
  askFor(readTalkOf, "POST", `${pathOf(talk)}/token`);

export const deleteTalk = async (talk: string): Promise<void> => {
  await ask("DELETE", pathOf(talk));
};

/** How its session stands now, while it runs; `null`: nobody knows. */
export const getSummary = (talk: string): Promise<{ readonly summary: TalkSummary | null }> =>
  askFor(
    ({ summary }) => ({ summary: isFields(summary) ? readSummary(summary) : null }),
    "GET",
    `${pathOf(talk)}/summary`,
  );

/** How the recap of its session stands. */
export const getRecap = (talk: string): Promise<RecapStatus> =>
  askFor(readRecapStatus, "GET", `${pathOf(talk)}/recap`);

/** An activity that is saved: handed on whole, whatever else it says. */
export interface SavedActivity extends Fields {
  readonly id: string;
  readonly kind: string;
  readonly prompt: string;
}

export const getActivities = async (talk: string): Promise<readonly SavedActivity[]> =>
  askFor(readActivities, "GET", `${pathOf(talk)}/activities`);

export const putActivities = async (
  talk: string,
  activities: readonly SavedActivity[],
): Promise<readonly SavedActivity[]> =>
  askFor(readActivities, "PUT", `${pathOf(talk)}/activities`, { activities });

/** Saves what was made in the talk's session, too. @throws RevintError `session_not_found`, `limit_reached`, `too_large` */
export const keepMade = async (talk: string): Promise<readonly SavedActivity[]> =>
  askFor(readActivities, "POST", `${pathOf(talk)}/activities/from-session`);

const pathOf = (talk: string): string => `talks/${encodeURIComponent(talk)}`;

const readTalkOf = ({ talk }: Fields) => (isFields(talk) ? readTalk(talk) : undefined);

const STATUSES = ["upcoming", "running", "over"] as const satisfies readonly Talk["status"][];

function readTalk(fields: Fields): Talk | undefined {
  const { id, name, date, sessionUid, createdAt, deck, summary } = fields;
  const status = STATUSES.find((status) => status === fields.status);
  if (!isText(id) || !isText(name) || !isText(date) || !isText(sessionUid)) return undefined;
  if (!status || !isNumber(createdAt)) return undefined;
  return {
    ...{ id, name, date, status, createdAt, sessionUid },
    startsAt: readNumber(fields.startsAt),
    opensBefore: readNumber(fields.opensBefore),
    startedAt: readNumber(fields.startedAt),
    endedAt: readNumber(fields.endedAt),
    deck: isText(deck) ? deck : null,
    summary: isFields(summary) ? readSummary(summary) : null,
  };
}

const readNumber = (value: unknown): number | null => (isNumber(value) ? value : null);

function readSummary({ people, reactions, top, moments, ...rest }: Fields): TalkSummary | null {
  const { activities, questions, at } = rest;
  if (!isNumber(people) || !isNumber(reactions) || !isNumber(activities) || !isNumber(questions)) return null;
  if (!isNumber(at) || !Array.isArray(moments) || !isFields(top)) return null;
  return {
    ...{ people, reactions, activities, questions, at },
    top: Object.fromEntries(
      Object.entries(top).filter((entry): entry is [string, number] => isNumber(entry[1])),
    ),
    moments: moments.flatMap((moment) => (isFields(moment) ? (readMoment(moment) ?? []) : [])),
  };
}

const readMoment = ({ page, title, reactions }: Fields): TalkSummary["moments"][number] | undefined =>
  isText(page) && isNumber(reactions) ? { page, title: isText(title) ? title : null, reactions } : undefined;

function readLinks({ links }: Fields): TalkLinks | undefined {
  if (!isFields(links)) return undefined;
  const { deck, stage, results, join } = links;
  return isText(stage) && isText(results) && isText(join)
    ? { deck: isText(deck) ? deck : null, stage, results, join }
    : undefined;
}

const isSaved = (value: unknown): value is SavedActivity =>
  isFields(value) && isText(value.id) && isText(value.kind) && isText(value.prompt);

/** All of them or none: they are written back as they are, so that none may get lost. */
const readActivities = ({ activities }: Fields): readonly SavedActivity[] | undefined =>
  Array.isArray(activities) && activities.every(isSaved) ? activities : undefined;
