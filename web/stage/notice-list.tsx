import { useStore } from "../ui/use-store.ts";
import { stage as words } from "../words/en.ts";
import type { Notices } from "./notices.ts";

/** Over everything else, and read aloud: so it is there before there is anything in it. */
export function NoticeList({ notices }: { notices: Notices }) {
  const { shown } = useStore(notices.view);
  return (
    <div class="notices" role="log" aria-label={words.notices}>
      {shown.map(({ id, text }) => (
        <p key={id} dir="auto">
          {text}
        </p>
      ))}
    </div>
  );
}
