import type { FC } from "hono/jsx/dom";
import type { Talk } from "../../../shared/protocol/host/talk.ts";
import { getDrafts } from "../../flows/drafts.ts";
import { FlowList, type NamedActivity } from "../../flows/flow-list.ts";
import { FlowsDialog } from "../../flows/flows-dialog.tsx";
import { host } from "../../words/en.ts";
import { createFlowService, keepFlows } from "./flow-service.ts";

const words = host.talks.flows;

interface Options {
  readonly talk: Talk;
  /** What is saved to be asked. */
  readonly activities: readonly NamedActivity[];
  readonly onClose: () => void;
}

/** The flows of a talk, as a dialog. Loaded when somebody asks for them. */
export function openFlows({ talk, activities, onClose }: Options): FC {
  const flows = new FlowList({
    service: createFlowService(talk.id),
    canChange: true,
    drafts: getDrafts(talk.id),
    listActivities: () => activities,
  });
  flows.open();
  const keep = () => flows.bring(() => keepFlows(talk.id), words.kept);
  return () => (
    <FlowsDialog flows={flows} onClose={onClose}>
      <p dir="auto">{talk.name}</p>
      <p class="soft">{words.text}</p>
      {talk.status !== "upcoming" && (
        <div class="buttons">
          <button type="button" class="small" onClick={keep}>
            {words.keep}
          </button>
        </div>
      )}
    </FlowsDialog>
  );
}
