import { tag } from "../words/en/language.ts";

/** Where a deployment has the plugin in this language: in English there is no folder between. */
export const PLUGIN_FOLDER = tag === "en" ? "/plugin/" : `/plugin/${tag}/`;
