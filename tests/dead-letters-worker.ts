/** Whoever looks after what nobody could take: keeps it, and tells it. */
const letters: unknown[] = [];

export default {
  queue({ messages }: { readonly messages: readonly { readonly body: unknown }[] }): void {
    for (const { body } of messages) letters.push(body);
  },
  fetch: () => Response.json(letters),
};
