import { createRandomId } from "../../client/random-id.ts";

/** Names an activity that a host writes without a deck. */
export const createActivityId = (): string => `ask-${createRandomId().slice(0, 16)}`;
