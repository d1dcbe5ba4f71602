import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { AnswerValue } from "../../../../shared/interactions/activity/tally.ts";
import { isNumber, isText, isTexts } from "../../../client/fields.ts";
import { tabStorage } from "../../../ui/tab-storage.ts";

/** What a person has written and not sent yet, by round: a reload does not lose it. */
export class Drafts {
  readonly #session: string;

  /** @param session its uid */
  constructor(session: string) {
    this.#session = session;
  }

  get(activity: LiveActivity): AnswerValue | undefined {
    try {
      const draft: unknown = JSON.parse(tabStorage.get(this.#key(activity)) ?? "null");
      return isText(draft) || isNumber(draft) || isTexts(draft) ? draft : undefined;
    } catch {
      return undefined;
    }
  }

  keep(activity: LiveActivity, draft: AnswerValue): void {
    tabStorage.set(this.#key(activity), JSON.stringify(draft));
  }

  forget(activity: LiveActivity): void {
    tabStorage.remove(this.#key(activity));
  }

  #key({ id, openedAt }: LiveActivity): string {
    return `revint:draft:${this.#session}:${id}:${openedAt}`;
  }
}
