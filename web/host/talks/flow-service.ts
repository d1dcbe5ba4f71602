import type { FlowService } from "../../flows/flow-service.ts";
import { readFlows, readSavedFlow, readSavedFlows } from "../../flows/read-flow.ts";
import { ask, askFor } from "../service.ts";

/** The flows that are saved with a talk: they wait for its session, and have done nothing yet. */
export function createFlowService(talk: string): FlowService {
  const path = pathOf(talk);
  return {
    list: () => askFor(readFlows, "GET", path),
    save: (id, flow) => askFor(readSavedFlow, "PUT", `${path}/${encodeURIComponent(id)}`, flow),
    saveAll: (flows) =>
      askFor(readSavedFlows, "POST", path, { flows: flows.map(({ id, flow }) => ({ ...flow, id })) }),
    remove: async (id) => {
      await ask("DELETE", `${path}/${encodeURIComponent(id)}`);
    },
  };
}

/** Saves those of the talk's session, too, with their hooks and secrets. @throws RevintError `limit_reached` */
export const keepFlows = (talk: string) => askFor(readFlows, "POST", `${pathOf(talk)}/from-session`);

const pathOf = (talk: string): string => `talks/${encodeURIComponent(talk)}/flows`;
