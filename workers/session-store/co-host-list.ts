import { type CoHost, type CoHostRole, HOST_DRIVES, type NewCoHost } from "../../shared/protocol/co-host.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Actor } from "../lib/actor.ts";
import type { SyncStorage } from "./sync-storage.ts";

/** Whoever holds an invitation that was taken back, or never was one of this session's. */
export const REMOVED: Refusal = { code: "not_host", detail: "the host has removed this invitation" };

/** Who else hosts a session, and who drives its deck. Kept by the root alone. */
export class CoHostList {
  readonly #kv: SyncStorage;

  constructor(kv: SyncStorage) {
    this.#kv = kv;
  }

  get all(): readonly CoHost[] {
    return this.#kv.get<CoHost[]>("coHosts") ?? [];
  }

  get driver(): string {
    return this.#kv.get<string>("driver") ?? HOST_DRIVES;
  }

  add(participant: string, coHost: NewCoHost): Refusal | undefined {
    const active = this.all.filter(({ removedAt }) => removedAt === null);
    if (active.length >= LIMITS.coHosts || this.all.length >= LIMITS.invitations) {
      return { code: "invalid_request", detail: `up to ${LIMITS.coHosts} co-hosts; remove one first` };
    }
    this.#kv.put("coHosts", [
      ...this.all,
      { participant, ...coHost, invitedAt: Date.now(), removedAt: null },
    ]);
    return undefined;
  }

  /** From now on the invitation is worth nothing. Whoever drove with it no longer does. */
  remove(participant: string): void {
    this.#kv.put(
      "coHosts",
      this.all.map((coHost) =>
        coHost.participant === participant
          ? { ...coHost, removedAt: coHost.removedAt ?? Date.now() }
          : coHost,
      ),
    );
    if (this.driver === participant) this.#kv.put("driver", HOST_DRIVES);
  }

  /** No invitation is worth anything any more, and the host drives. */
  removeAll(): void {
    for (const { participant, removedAt } of this.all) if (removedAt === null) this.remove(participant);
  }

  /** Why `actor` may not act as one of `roles`; the host may always. */
  refuse(actor: Actor, roles: readonly CoHostRole[]): Refusal | undefined {
    if (actor.role === "host") return undefined;
    const known = this.all.find(({ participant }) => participant === actor.participant);
    if (!known || known.removedAt !== null || known.role !== actor.role) {
      return REMOVED;
    }
    if (roles.includes(actor.role)) return undefined;
    return { code: "role_not_allowed", detail: `a ${actor.role} may not do this` };
  }

  /** Why this participant is let in no more: their invitation was taken back. */
  refuseRemoved(participant: string): Refusal | undefined {
    const isRemoved = this.all.some((each) => each.participant === participant && each.removedAt !== null);
    return isRemoved ? REMOVED : undefined;
  }

  /** Whether this participant was ever invited. */
  has(participant: string): boolean {
    return this.all.some((each) => each.participant === participant);
  }

  isDriving(actor: Actor): boolean {
    return this.driver === nameOf(actor);
  }

  drive(actor: Actor): void {
    this.#kv.put("driver", nameOf(actor));
  }
}

const nameOf = ({ role, participant }: Actor) => (role === "host" ? HOST_DRIVES : participant);
