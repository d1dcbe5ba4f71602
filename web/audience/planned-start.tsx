import { useEffect, useState } from "hono/jsx/dom";
import { saveBlob } from "../ui/save-blob.ts";
import type { Store } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { phoneStart as words } from "../words/en/phone-start.ts";
import { writeCalendar } from "./calendar-event.ts";
import type { View } from "./view.ts";
import { nameStart, nameWait } from "./wait.ts";

/** How often the time that is left is looked at, in milliseconds. */
const LOOK_MS = 5000;
/** How long a talk is in a calendar: nobody has said how long it takes. */
const LENGTH_MS = 3_600_000;

/**
 * When a talk begins that has not begun, around what else there is to say: on the clock of whoever looks, how long that
 * still takes, and as a file for a calendar.
 */
export function createStart(view: Store<View>): View["Start"] {
  return function PlannedStart({ children }) {
    const { startsAt, name, sessionUid, link } = useStore(view);
    const [now, setNow] = useState(Date.now());
    const [told, setTold] = useState("");
    useEffect(() => {
      const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
      return () => clearInterval(timer);
    }, []);
    if (startsAt === null) return null;
    const add = () => {
      const uid = `${sessionUid}@${location.host}`;
      const endsAt = startsAt + LENGTH_MS;
      // Not the short link: its code is another talk's some day.
      const text = writeCalendar({ uid, name, url: link, startsAt, endsAt, now: Date.now() });
      saveBlob(new Blob([text], { type: "text/calendar" }), words.calendar.file);
      setTold(words.calendar.done);
    };
    return (
      <div class="start">
        <p>
          <time datetime={new Date(startsAt).toISOString()}>{nameStart(startsAt, now)}</time>
        </p>
        <p>{nameWait(startsAt - now)}</p>
        {children}
        {now < startsAt && (
          <button type="button" onClick={add}>
            {words.calendar.add}
          </button>
        )}
        <p class="told" role="status">
          {told}
        </p>
      </div>
    );
  };
}
