const KEY = `revint:slidev:${import.meta.env.BASE_URL}`;
const SECRETS = /[?#&](token|uid)=[^?#&]*/g;

let pass = "";

/** What lets this tab host: `#token=…`, for a co-host with `&uid=…`; empty where nothing does. A reload finds it again. */
export const getPass = () => pass;

/** Takes it out of the address, at once and without a new entry in the history. What else the fragment says stays. */
function takePass() {
  const secrets = location.hash.match(SECRETS);
  if (secrets === null) return false;
  const rest = location.hash.replace(SECRETS, "").slice(1);
  history.replaceState(history.state, "", location.pathname + location.search + (rest && `#${rest}`));
  pass = secrets.join("");
  attempt(() => sessionStorage.setItem(KEY, pass));
  return true;
}

/** Where a browser forbids storage, a deck leads until the next reload. */
function attempt(use) {
  try {
    return use();
  } catch {
    return undefined;
  }
}

// Slidev's router would take a token for a slide, or carry it on from slide to slide.
if (!takePass()) pass = attempt(() => sessionStorage.getItem(KEY)) ?? "";

// Somebody puts a token behind the address of an open deck.
addEventListener("popstate", (event) => {
  if (!takePass()) return;
  event.stopImmediatePropagation();
  location.reload();
});
