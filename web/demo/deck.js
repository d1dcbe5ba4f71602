/*
 * A deck like any other. Here the plugin knows by itself where its deployment is: the script came
 * from there. A phone in the same network can't open 127.0.0.1, so `npm start` says with `?join=`
 * where phones reach it.
 */
const join = new URLSearchParams(location.search).get("join");

/*
 * A deck that follows says nothing when it can't, since its slides are fine without. This one is
 * opened by people who try revint out, and who want to know.
 */
const reasons = {
  session_not_found: "There is no such session. The link may be incomplete; these slides work without it.",
};
const lost = document.querySelector(".lost");
document.addEventListener("revint:error", ({ detail: { code } }) => {
  // Who leads, or has pasted what does not let them lead, is told by the plugin.
  if (globalThis.Reveal.getPlugin("revint")?.role !== "follow") return;
  lost.textContent = reasons[code] ?? "The session can't be followed at the moment.";
  lost.hidden = false;
});
document.addEventListener("revint:role", () => {
  lost.hidden = true;
});

globalThis.Reveal.initialize({
  width: 1280,
  height: 720,
  hash: true,
  center: true,
  // On a phone too, one slide at a time: what follows has one place at a time.
  scrollActivationWidth: null,
  plugins: [globalThis.Revint],
  revint: join ? { webUiUrl: join } : {},
});
