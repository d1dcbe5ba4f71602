import { createRandomId } from "../client/random-id.ts";

/** Names a flow that a host makes on a page. */
export const createFlowId = (): string => `flow-${createRandomId().slice(0, 16)}`;
