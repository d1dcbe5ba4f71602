/** What load tests ask of a ledger. */
interface Ledger {
  append(batch: unknown): Promise<unknown>;
  list(query: unknown): Promise<unknown>;
  totals(): Promise<unknown>;
}

interface Call {
  readonly ledger: string;
  readonly method: keyof Ledger;
  readonly argument?: unknown;
}

/** Calls a ledger of revint's as an object, the way a room does: the stores have no route for it. */
export default {
  async fetch(request: Request, env: { LEDGERS: { getByName(name: string): Ledger } }): Promise<Response> {
    const { ledger, method, argument }: Call = await request.json();
    return Response.json(await env.LEDGERS.getByName(ledger)[method](argument));
  },
};
