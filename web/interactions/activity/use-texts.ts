import { useEffect } from "hono/jsx/dom";
import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import type { LiveActivities } from "./live-activities.ts";
import type { TextPages } from "./text-pages.ts";

/** New answers are read so soon after somebody gave one, in milliseconds. */
const READ_MS = 1500;

/** What people write to an open question: read again when more have answered, and when something was said of it. */
export function useTexts(live: LiveActivities, asked: LiveActivity): TextPages {
  const pages = live.getTexts(asked);
  const people = live.getTally(asked)?.people ?? 0;
  useEffect(() => {
    const isFirst = pages.view.get().answers === undefined;
    const timer = setTimeout(() => void pages.load(), isFirst ? 0 : READ_MS);
    return () => clearTimeout(timer);
  }, [pages, people, asked]);
  return pages;
}
