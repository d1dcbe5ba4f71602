import { configs, useNav } from "@slidev/client";
import { coHostSession, hostSession, joinSession } from "revint/client";
import { computed, shallowReactive } from "vue";
import { getPass } from "./pass.js";

/** Those that phones offer, unless the front matter names others. */
const REACTIONS = ["👍", "❤️", "😂", "🤯", "👏", "❓"];

/** What this tab knows of its session. */
export const room = shallowReactive({
  session: undefined,
  /** Where people join; empty for whoever does not host. */
  link: "",
  /** Of the windows of this deck, this one tells the room where it is. */
  isLeader: false,
  /** No other presenter drives. */
  isDriving: false,
  state: undefined,
  pages: {},
  problem: "",
});

/** What people type, and of it what stands behind the last slash. */
export const address = computed(() => room.link.replace(/^https?:\/\//, "").split(/(?<=\/)(?=[^/]*$)/));

/** Whether slides are shown to somebody now: the layers of an addon are drawn for print, export and previews, too. */
export function useIsLive() {
  const { isEmbedded, isPlaying, isPresenter, isPrintMode } = useNav();
  return computed(() => (isPlaying.value || isPresenter.value) && !isPrintMode.value && !isEmbedded.value);
}

/** Hosts with what the address brought, follows the session that the address names, or does nothing. Once in a tab. */
export function openRoom() {
  if (room.session !== undefined) return;
  const pass = new URLSearchParams(getPass().slice(1));
  const [token, hostUid] = [pass.get("token"), pass.get("uid")];
  const sessionUid = new URLSearchParams(location.search).get("session");
  const { apiUrl, ...options } = configs.revint ?? {};
  if (token === null && sessionUid === null) return;
  if (apiUrl === undefined) {
    room.problem = "The front matter names no apiUrl of revint.";
    return;
  }
  if (token === null) room.session = joinSession(sessionUid, { apiUrl });
  else if (hostUid !== null) room.session = coHostSession(sessionUid ?? "", { apiUrl, token, hostUid });
  else {
    const webUiUrl = new URL("/join", apiUrl).href;
    room.session = hostSession(token, { apiUrl, webUiUrl, reactions: REACTIONS, ...options });
  }

  const { session } = room;
  session.on("state", (state) => {
    room.state = state;
  });
  session.on("totals", ({ pages }) => {
    room.pages = pages;
  });
  session.on("error", ({ code }) => {
    room.problem = `This deck can't ${token === null ? "follow" : "lead"} (${code}).`;
  });
  session.on("end", () => {
    room.problem = "The session has ended.";
  });
  if (token !== null)
    session.ready.then(
      () => lead(apiUrl, options),
      () => {},
    );
}

function lead(apiUrl, { webUiUrl }) {
  const { session } = room;
  const { joinCode, joinUrl, sessionUid } = session.info;
  room.link = joinCode === null || webUiUrl !== undefined ? joinUrl : new URL(joinCode, apiUrl).href;
  const notice = () => {
    room.isDriving = session.isDriving;
  };
  session.on("driver", notice);
  notice();
  const start = () => {
    room.isLeader = true;
    // Until the tab closes: then another one has the lock.
    return new Promise(() => {});
  };
  // Presenter view and play view go together: one of them tells the room. Plain http has no locks; there, both say the same.
  if (navigator.locks === undefined) start();
  else navigator.locks.request(`revint ${sessionUid}`, start);
}
