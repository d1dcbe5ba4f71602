import { useState } from "hono/jsx/dom";
import { listSteps } from "../../../../../shared/interactions/activity/kinds/scale/scale.ts";
import { formatNumber } from "../../number-text.ts";
import type { Asked, KindForm } from "../form.ts";
import type { ActivityOf } from "../result.ts";
import { scaleResult } from "./result.tsx";
import { words } from "./words/en/form.ts";

type Scale = ActivityOf<"scale">;

/** A button for each step: a tap is the answer, unless it can't be changed. */
export const scaleForm: KindForm<Scale> = {
  Form({ activity, answer, draft, keepDraft, send }: Asked<Scale>) {
    const { change } = activity;
    const [chosen, setChosen] = useState(draft);
    const steps = listSteps(activity);
    const labels = activity.labels ?? [];
    const standing = change ? answer : chosen;
    const choose = (step: number) => {
      if (change) {
        send(step);
        return;
      }
      setChosen(step);
      keepDraft(step);
    };
    return (
      <>
        {!change && <p class="question-hint">{words.final}</p>}
        {labels.length > 0 && (
          <p class="scale-ends" aria-hidden="true">
            {labels.map((label, index) => (
              <bdi key={index}>{label}</bdi>
            ))}
          </p>
        )}
        <div class="scale-steps">
          {steps.map((step, index) => (
            <button
              key={step}
              type="button"
              class="option"
              aria-label={words.step(formatNumber(step), getLabel(labels, index, steps.length))}
              aria-pressed={standing === step ? "true" : "false"}
              onClick={() => choose(step)}
            >
              {formatNumber(step)}
            </button>
          ))}
        </div>
        {!change && (
          <button
            type="button"
            class="primary"
            disabled={chosen === undefined}
            onClick={() => chosen !== undefined && send(chosen)}
          >
            {words.send}
          </button>
        )}
      </>
    );
  },
  describe: ({ labels = [], ...scale }, value) => {
    if (typeof value !== "number") return "";
    const steps = listSteps(scale);
    return words.step(formatNumber(value), getLabel(labels, steps.indexOf(value), steps.length));
  },
  Drawing: scaleResult.Drawing,
};

/** What a step stands for: only the ends have words. */
const getLabel = (labels: readonly string[], index: number, count: number): string | undefined =>
  index === 0 ? labels[0] : index === count - 1 ? labels[1] : undefined;
