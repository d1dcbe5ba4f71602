import { ProblemError } from "./problem-error.ts";

/** A service binding that does not answer is `unavailable`, never a 500. */
export const reach =
  (store: Pick<Fetcher, "fetch">, requestId: string) =>
  async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    // A typed client puts what a request brought along into its path as it is: no "..", and nothing else that an
    // address reads in another way than it was written, may lead to another route.
    if (typeof input === "string" && request.url !== input) {
      throw new ProblemError("invalid_request", "the path names nothing that could be there");
    }
    request.headers.set("X-Request-Id", requestId);
    return answered(() => store.fetch(request), requestId);
  };

/** What a store answers; one that does not is `unavailable`, never a 500. */
export async function answered<T>(ask: () => Promise<T>, requestId: string): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const cause = error instanceof Error ? error.stack : String(error);
    console.error(JSON.stringify({ requestId, message: "a store did not answer", error: cause }));
    throw new ProblemError("unavailable", "a part of the service did not answer; try again", {
      retryAfter: 1,
    });
  }
}
