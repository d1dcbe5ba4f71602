import { matchLanguage } from "./match-language.ts";
import { getKeptLanguage, readOffer } from "./offer.ts";

/*
 * Chooses the page's language before anything is drawn, and loads its script. This stands in the page's head itself: a
 * file of its own would make everybody wait for one more answer.
 */
const { documentElement, head } = document;
const offer = readOffer();
// An address may say it too, for where nobody can choose: in a stream's program.
const asked = new URLSearchParams(location.search).get("language");
const wanted = [asked, getKeptLanguage(), ...navigator.languages].filter((tag) => typeof tag === "string");
const tag = matchLanguage(wanted, Object.keys(offer));
const language = tag === undefined ? undefined : offer[tag];
if (tag !== undefined && language) {
  // A recap that was written for its readers stays in its own language, whatever stands around it.
  if (!document.querySelector("main#recap")) Object.assign(documentElement, { lang: tag, dir: language.dir });
  const [src, ...parts] = language.files;
  for (const href of [src, ...parts]) head.append(create("link", { rel: "modulepreload", href }));
  // Only then everything is there that the script draws into.
  const run = () => head.append(create("script", { type: "module", src }));
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", run);
  else run();
}

function create(name: "link" | "script", attributes: object): HTMLElement {
  return Object.assign(document.createElement(name), attributes);
}
