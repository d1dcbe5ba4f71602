import type { NewFlow } from "../../shared/protocol/flow.ts";
import type { FlowCopy } from "./flow-copy.ts";
import { createSecret, hashSecret } from "./random.ts";

/** How long a secret is that signs webhooks, in bytes: as Standard Webhooks has it. */
const BYTES = 32;

type Kept = Pick<FlowCopy, "signingSecret" | "hookHash">;

/**
 * What a flow needs of secrets: those that it has, and new ones where it has none.
 * @returns with the secret of its hook, where that is new
 */
export async function createFlowSecrets(
  flow: NewFlow,
  before?: Kept,
): Promise<Kept & { readonly hookSecret?: string }> {
  const isSigned = flow.do.some((action) => action.do === "webhook");
  const signingSecret = isSigned ? (before?.signingSecret ?? createSigningSecret()) : null;
  if (flow.on.event !== "http") return { signingSecret, hookHash: null };
  if (before?.hookHash) return { signingSecret, hookHash: before.hookHash };
  const hookSecret = createSecret();
  return { signingSecret, hookHash: await hashSecret(hookSecret), hookSecret };
}

/** `whsec_` and base64: as receivers' libraries take it. */
function createSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
