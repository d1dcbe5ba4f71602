import { getDrafts } from "../flows/drafts.ts";
import { FlowList } from "../flows/flow-list.ts";
import { FlowsDialog } from "../flows/flows-dialog.tsx";
import { createFlowService } from "./flow-service.ts";
import type { StageSession } from "./stage-session.ts";

/** Shows the session's flows. Loaded when somebody asks for them. */
export function openFlows(stage: StageSession): void {
  const { session } = stage;
  const flows = new FlowList({
    service: createFlowService(session),
    canChange: stage.role === "host",
    drafts: getDrafts(session.info?.sessionUid ?? ""),
    listActivities: () => session.activities,
  });
  stage.ask(() => <FlowsDialog flows={flows} onClose={() => stage.ask(undefined)} />);
  flows.open();
}
