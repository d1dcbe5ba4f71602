import type { Questions } from "../../shared/interactions/question/question.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import { Api } from "../client/api.ts";
import { isFields, isTexts, parseFields } from "../client/fields.ts";
import { toLiveQuestion } from "../client/question.ts";
import { localStorageIfAllowed, SafeStorage, uidKeyOf } from "../client/storage.ts";
import type { Told } from "../interactions/slots.ts";
import { tabStorage } from "../ui/tab-storage.ts";

/** The counts that a deck's result bars have shown last, for printing. */
export interface LastCounts {
  readonly sessionUid: string;
  readonly reactions: readonly string[];
  readonly pages: Pages;
}

/** More than that is kept by no tab, in characters. */
const MOST_KEPT = 64 * 1024;

const keyOf = (apiUrl: string): string => `revint:last-counts:${apiUrl}${location.pathname}`;

/** Keeps them for the tab: of these pages alone, since that is all that is drawn. */
export function keepLastCounts(
  apiUrl: string,
  { pages, ...counts }: LastCounts,
  shown: readonly string[],
): void {
  if (shown.length === 0) return;
  const kept = Object.fromEntries(
    shown.filter((page) => Object.hasOwn(pages, page)).map((page) => [page, pages[page]]),
  );
  const text = JSON.stringify({ ...counts, pages: kept });
  if (text.length <= MOST_KEPT) tabStorage.set(keyOf(apiUrl), text);
}

/** What this tab has kept; of that session, where one is named. */
export function getLastCounts(apiUrl: string, sessionUid: string | undefined): LastCounts | undefined {
  const kept = parseFields(tabStorage.get(keyOf(apiUrl)) ?? "");
  if (typeof kept?.sessionUid !== "string" || !isTexts(kept.reactions) || !isFields(kept.pages))
    return undefined;
  if (sessionUid !== undefined && kept.sessionUid !== sessionUid) return undefined;
  // Written by the function above and nobody else.
  return { sessionUid: kept.sessionUid, reactions: kept.reactions, pages: kept.pages as Pages };
}

const NO_QUESTIONS: Questions = { questions: [], total: 0 };

/**
 * Asks for them with the audience's rights, once: as whom this browser has joined before, or as somebody new.
 * `undefined` when there is no answer, or none for the audience any more.
 */
export async function fetchLastCounts(
  apiUrl: string,
  sessionUid: string,
  hasExtras: boolean,
): Promise<(LastCounts & Told) | undefined> {
  const api = new Api(apiUrl);
  const storage = new SafeStorage(localStorageIfAllowed());
  const uidKey = uidKeyOf(api.url, sessionUid);
  try {
    const { token, reactions } = await api.getSession(sessionUid);
    const { uid } = await api.login(sessionUid, token, storage.get(uidKey));
    storage.set(uidKey, uid);
    const access = { sessionUid, token, uid, role: "user", wsUrl: "" } as const;
    const [{ pages }, activities, { questions }] = await Promise.all([
      api.getTotals(access),
      // A service of before has none.
      hasExtras ? api.listActivities(access).catch(() => []) : [],
      hasExtras ? api.listQuestions(access).catch(() => NO_QUESTIONS) : NO_QUESTIONS,
    ]);
    return {
      ...{ sessionUid, reactions, pages, activities, questions: questions.map(toLiveQuestion) },
      readRanking: (activity) => api.readRanking(access, activity),
    };
  } catch {
    return undefined;
  }
}
