import type { RevintError } from "../client/error.ts";
import { getOwn } from "../client/record.ts";
import { host as words } from "../words/en.ts";

/** Words for some codes, where it is known what was tried. */
export type OwnWords = Readonly<Record<string, string>>;

/** What went wrong, in words that say what to do next. @param own what is said before everything else */
export const nameProblem = ({ code }: Pick<RevintError, "code">, own: OwnWords = {}): string =>
  getOwn(own, code) ?? getOwn(words.problems, code) ?? getOwn(own, "other") ?? otherwise;

const otherwise = words.problems.other ?? "";
