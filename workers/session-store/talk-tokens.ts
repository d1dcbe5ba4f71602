import type { Refusal } from "../../shared/protocol/problem.ts";
import type { CurrentToken } from "../lib/host-talk.ts";
import { hasMark } from "../lib/token-mark.ts";
import type { CoHostList } from "./co-host-list.ts";
import type { SyncStorage } from "./sync-storage.ts";

const OLD_TOKEN: Refusal = {
  code: "invalid_token",
  detail: "there is a newer token of this talk; open it from the console",
};

/** What a pipe hears whose host came with an old token. Clients come back with the token that they have. */
export const OLD_HOST: Refusal = {
  code: "not_participant",
  detail: "there is a newer token of this talk; come back with it",
};

interface TalkTokensOptions {
  readonly kv: SyncStorage;
  readonly coHosts: CoHostList;
  /** Closes the pipes of the hosts of whom this holds. */
  readonly dismiss: (isOut: (host: string) => boolean) => void;
}

/** Which token of its talk is good, where the session is one of a talk. Kept by the root alone. */
export class TalkTokens {
  readonly #options: TalkTokensOptions;

  constructor(options: TalkTokensOptions) {
    this.#options = options;
  }

  get #current(): CurrentToken | undefined {
    return this.#options.kv.get<CurrentToken>("token");
  }

  /** Why a token with this id opens nothing here. */
  refuse(id: string): Refusal | undefined {
    return this.#current?.id === id ? undefined : OLD_TOKEN;
  }

  /** Why this host is told nothing: they came with a token of before. Co-hosts stay, who came with none. */
  refuseHost(participant: string): Refusal | undefined {
    const current = this.#current;
    if (!current || !participant.startsWith("h") || hasMark(participant, current.id)) return undefined;
    return this.#options.coHosts.has(participant) ? undefined : OLD_HOST;
  }

  /** From now on this one is good, unless a later one is known. Whoever came with one of before is sent out. */
  adopt(token: CurrentToken): Refusal | undefined {
    const known = this.#current;
    if (known && known.number >= token.number) return this.refuse(token.id);
    this.#options.kv.put("token", token);
    if (known) this.#options.dismiss((host) => this.refuseHost(host) !== undefined);
    return undefined;
  }
}
