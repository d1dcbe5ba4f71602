import { randomBytes, scrypt } from "node:crypto";

/** What host-store hashes a password with, and nothing else: the floor of a sign-in. */
const COST = { N: 16_384, r: 8, p: 5, maxmem: 32 * 2 ** 20 };

export default {
  fetch: (): Promise<Response> =>
    new Promise((resolve, reject) => {
      scrypt("correct horse battery staple", randomBytes(16), 32, COST, (error) => {
        if (error) reject(error);
        else resolve(new Response("ok"));
      });
    }),
};
