/** How long a secret is that signs webhooks, in bytes: as Standard Webhooks has it. */
const BYTES = 32;

/** `whsec_` and base64: as receivers' libraries take it. */
export function createSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
