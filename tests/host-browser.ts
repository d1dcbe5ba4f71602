import type { Deployment } from "./deployment.ts";
import type { RequestOptions, RunningApi } from "./running-api.ts";

export const PASSWORD = "correct horse battery staple";

let people = 0;
let addresses = 0;
export const createEmail = () => `ada${++people}@example.org`;
export const createAddress = () => `198.18.${++addresses >> 8}.${addresses & 255}`;

/** A browser of a host, with an address, and the cookie that it was given last. */
export class HostBrowser {
  readonly address: string;
  cookie: string | undefined;
  readonly #revint: RunningApi;

  constructor(revint: RunningApi, address = createAddress()) {
    this.#revint = revint;
    this.address = address;
  }

  async request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = {
      "cf-connecting-ip": this.address,
      "user-agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
      ...(this.cookie !== undefined && { cookie: this.cookie }),
      ...options.headers,
    };
    const response = await this.#revint.request(method, `/api/v1/host/${path}`, { ...options, headers });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(";")[0];
    return response;
  }

  signUp = (email: string) =>
    this.request("POST", "sign-up", { json: { email, name: "Ada", password: PASSWORD } });
  signIn = (email: string, password = PASSWORD) =>
    this.request("POST", "sign-in", { json: { email, password } });
}

/** As much of a database as makes somebody an admin. */
interface D1 {
  prepare(sql: string): { bind(...values: string[]): { run(): Promise<unknown> } };
}

/** In D1 itself: no route makes somebody an admin who is not invited by one. */
export async function makeAdmin(revint: Deployment, account: string): Promise<void> {
  const { HOST_DB } = await revint.harness.getWorker<{ HOST_DB: D1 }>("revint-host-store").getEnv();
  await HOST_DB.prepare("UPDATE accounts SET role = 'admin' WHERE id = ?1").bind(account).run();
}
