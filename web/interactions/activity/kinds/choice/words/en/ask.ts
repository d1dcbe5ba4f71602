import { LIMITS } from "../../../../../../../shared/protocol/limits.ts";

export const words = {
  name: "Poll",
  example: "Which runtime do you use?",
  options: "Options, one a line",
  hint: "Left empty: Yes and No. Enter on an empty line opens the poll.",
  yes: "Yes",
  no: "No",
  several: "Several may be ticked",
  one: "A poll needs two options at least.",
  many: `A poll has up to ${LIMITS.options} options.`,
  long: `An option has up to ${LIMITS.optionLength} characters.`,
} as const;
