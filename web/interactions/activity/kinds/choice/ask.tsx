import { LIMITS } from "../../../../../shared/protocol/limits.ts";
import { hasAtMost } from "../../../../../shared/protocol/text.ts";
import { type KindAsk, readField } from "../ask.ts";
import { words } from "./words/en/ask.ts";

/** Options as lines; none are Yes and No. */
export const choiceAsk: KindAsk = {
  name: words.name,
  show: "closed",
  example: words.example,
  Fields: () => (
    <label>
      {words.options}
      <textarea
        name="options"
        rows={4}
        dir="auto"
        placeholder={`${words.yes}\n${words.no}`}
        aria-describedby="options-hint"
        onKeydown={submitOnEmptyLine}
      />
      <span id="options-hint" class="soft hint">
        {words.hint}
      </span>
    </label>
  ),
  More: () => (
    <label class="check">
      <input type="checkbox" name="several" />
      {words.several}
    </label>
  ),
  read(prompt, fields) {
    const lines = readLines(readField(fields, "options"));
    const texts = lines.length === 0 ? [words.yes, words.no] : lines;
    if (texts.length < 2) return words.one;
    if (texts.length > LIMITS.options) return words.many;
    if (!texts.every((text) => hasAtMost(text, LIMITS.optionLength))) return words.long;
    const options = texts.map((text, index) => ({ id: String(index + 1), text }));
    const multiple = fields.has("several") ? options.length : 1;
    return { kind: "choice", prompt, options, multiple };
  },
};

/** Each once, without those that are empty. */
export const readLines = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  ),
];

/** Who types options is done with an empty line. */
function submitOnEmptyLine(event: KeyboardEvent): void {
  const { target, key, shiftKey, isComposing } = event;
  if (!(target instanceof HTMLTextAreaElement) || key !== "Enter" || shiftKey || isComposing) return;
  const before = target.value.slice(0, target.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (line.trim() !== "" || (target.value.trim() !== "" && readLines(target.value).length < 2)) return;
  event.preventDefault();
  target.form?.requestSubmit();
}
