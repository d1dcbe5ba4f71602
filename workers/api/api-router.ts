import type { Result, Router } from "hono/router";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { TrieRouter } from "hono/router/trie-router";

/**
 * Hono's fast router takes no word where another path has a parameter, and no parameter that may be anything: where an app has
 * such a path, Hono leaves all of its paths to the router that takes every one, in several times the time. Here that router
 * has those paths alone.
 */
const isOdd = (method: string, path: string): boolean =>
  (method === "POST" && path === "/api/v1/session/new") || !/^\/(api|ws)\//.test(path);

/** Finds what a path of the API leads to. One that its router does not take is an error at the start. */
export class ApiRouter<T> implements Router<T> {
  name = "ApiRouter";
  readonly #fast = new RegExpRouter<T>();
  readonly #odd = new TrieRouter<T>();

  add(method: string, path: string, handler: T): void {
    const routers = path.endsWith("*") ? [this.#fast, this.#odd] : [this.#pick(method, path)];
    for (const router of routers) router.add(method, path, handler);
  }

  match(method: string, path: string): Result<T> {
    return this.#pick(method, path).match(method, path);
  }

  #pick(method: string, path: string): Router<T> {
    return isOdd(method, path) ? this.#odd : this.#fast;
  }
}
