import { isPerson } from "../../shared/protocol/identity.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Metered } from "../lib/metrics.ts";
import { Acks } from "./acks.ts";
import { HasteLimit } from "./haste-limit.ts";
import { BurstCounter } from "./interactions/reaction/burst-counter.ts";
import { KindRegistry } from "./interactions/reaction/kind-registry.ts";
import { findOffered } from "./interactions/reaction/offer.ts";
import { ReactionIntake } from "./interactions/reaction/reaction-intake.ts";
import { type Ledger, LedgerMirror } from "./ledger-mirror.ts";
import { LedgerQueue } from "./ledger-queue.ts";
import { createMeasuredAppend } from "./measured-batch.ts";
import type { Names } from "./names.ts";
import { Naming } from "./naming.ts";
import type { Pipes } from "./pipes.ts";
import { PlaceClaims } from "./place-claims.ts";
import type { RoomCounts } from "./room-counts.ts";
import type { RoomSettings } from "./room-name.ts";
import type { RootLink } from "./root-link.ts";
import type { SessionState } from "./session-state.ts";

interface IntakePartsOptions {
  readonly env: Metered;
  readonly settings: RoomSettings;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly pipes: Pipes;
  readonly names: Names;
  readonly ledger: Ledger;
  readonly root: RootLink;
  /** What the ledger has counted has changed these topics. */
  readonly onCounts: (topics: readonly string[]) => void;
  /** Keeps the object awake until this has settled. */
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

/** The way from one room's participants to its ledger, and back: whatever they send takes it. */
export class IntakeParts {
  readonly acks: Acks<WebSocket>;
  readonly bursts: BurstCounter;
  readonly mirror: LedgerMirror;
  readonly queue: LedgerQueue;
  readonly claims: PlaceClaims;
  readonly kinds: KindRegistry;
  readonly reactions: ReactionIntake;
  readonly naming: Naming;
  /** Reactions and answers share one pace. */
  readonly haste: HasteLimit;

  constructor({
    env,
    settings,
    state,
    counts,
    pipes,
    names,
    ledger,
    root,
    onCounts,
    waitUntil,
  }: IntakePartsOptions) {
    const { REACTIONS_PER_SECOND: perSecond, REACTIONS_BURST: burst } = settings;
    this.acks = new Acks<WebSocket>((pipe, ids) => pipes.send(pipe, { type: "ack", ids: [...ids] }));
    this.bursts = new BurstCounter();
    this.mirror = new LedgerMirror({
      ledger,
      state,
      onCounts: (topics, whole) => onCounts(counts.replaceOwn(topics, whole)),
    });
    this.queue = new LedgerQueue(
      createMeasuredAppend(env, (batch) => this.mirror.append(batch)),
      () => this.acks.flush(),
    );
    this.claims = new PlaceClaims((...claim) => root.claimPlaces(...claim));
    this.kinds = new KindRegistry({
      counted: () => [counts.subtree, counts.everywhere],
      findOffered: (page, reaction) => findOffered(state, page, reaction),
      admit: (kind) => root.admitKind(kind),
      release: (kind) => waitUntil(root.releaseKind(kind)),
    });
    this.haste = new HasteLimit(perSecond, burst, `up to ${perSecond} reactions a second`);
    this.reactions = new ReactionIntake({
      state,
      kinds: this.kinds,
      queue: this.queue,
      bursts: this.bursts,
      haste: this.haste,
      ensurePlace: (participant) => this.ensurePlace(participant),
      findKept: (participant, id) => this.mirror.find(participant, id),
    });
    this.naming = new Naming({
      state,
      names,
      ensurePlace: (participant) => this.ensurePlace(participant),
      ask: (participant, name) => root.keepName(participant, name),
    });
  }

  /** Why a participant has no place in the session; undefined, and at once, for who is known to have one. Nobody but people needs one. */
  ensurePlace(participant: string): Promise<Refusal | undefined> | undefined {
    if (!isPerson(participant) || this.claims.has(participant)) return undefined;
    return this.claims.claim(participant);
  }
}
