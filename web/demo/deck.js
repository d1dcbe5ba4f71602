/*
 * A deck like any other. Here the plugin knows by itself where its deployment is: the script came
 * from there. A phone in the same network can't open 127.0.0.1, so there, and nowhere else, `npm start` says with `?join=`
 * where phones reach it.
 */
const isOnlyHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
const join = isOnlyHere ? new URLSearchParams(location.search).get("join") : null;

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
