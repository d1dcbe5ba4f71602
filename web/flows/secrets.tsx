import type { SavedFlow } from "../../shared/protocol/flow.ts";
import { CopyField } from "../ui/copy-field.tsx";
import { automations } from "../words/en.ts";
import type { FlowList } from "./flow-list.ts";

const words = automations.secrets;

interface Props {
  readonly flows: FlowList;
  readonly saved: readonly SavedFlow[];
}

/** What is told once: where a flow is set off from elsewhere, and what its messages are signed with. */
export const Secrets = ({ flows, saved }: Props) => (
  <>
    <p class="secret">{words.text}</p>
    {saved.map(({ flow, hookUrl, signingSecret }) => (
      <div key={flow.id} class="kept">
        <h3 dir="auto">{flow.name}</h3>
        {hookUrl !== undefined && (
          <>
            <CopyField key={hookUrl} label={words.hook} text={hookUrl} />
            <p class="soft">{words.hookText}</p>
          </>
        )}
        {signingSecret !== undefined && (
          <>
            <CopyField key={signingSecret} label={words.signing} text={signingSecret} />
            <p class="soft">{words.signingText}</p>
          </>
        )}
        {hookUrl === undefined && signingSecret === undefined && <p class="warn">{words.lost}</p>}
      </div>
    ))}
    <div class="buttons">
      <button type="button" class="primary" onClick={() => flows.showList()}>
        {words.kept}
      </button>
    </div>
  </>
);
