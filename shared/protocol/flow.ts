/*
 * An automation: when this happens in the room, and all of these hold, do that. A flow is data that hosts write; the
 * Worker `automations` matches it against what the session's root has kept, and acts.
 */

/** The number is crossed upwards: once, or with `again` each time after it has been below. */
interface Crossing {
  readonly again?: true | undefined;
}

/** What sets a flow off. Left out, `page`, `reaction` and `activity` mean any. */
export type FlowTrigger =
  /** So many reactions on a page; with `within`, in so many seconds. Without `page`, on all pages together. */
  | ({
      readonly event: "reactions";
      readonly page?: string | undefined;
      readonly reaction?: string | undefined;
      readonly atLeast: number;
      readonly within?: number | undefined;
    } & Crossing)
  | { readonly event: "page"; readonly page?: string | undefined }
  | {
      readonly event: "activity";
      readonly activity?: string | undefined;
      readonly status: FlowActivityStatus;
    }
  /** A share of the people who are there has answered, above 0 and up to 1. */
  | ({ readonly event: "answers"; readonly activity?: string | undefined; readonly share: number } & Crossing)
  /** One was asked, or has so many votes. */
  | { readonly event: "question"; readonly votes?: number | undefined }
  | ({ readonly event: "people"; readonly atLeast: number } & Crossing)
  | ({ readonly event: "people"; readonly below: number } & Crossing)
  | { readonly event: "ended" }
  | { readonly event: "recap" }
  /** Wall time `2027-03-28T18:00` in a time zone of the IANA list. */
  | { readonly event: "schedule"; readonly at: string; readonly zone: string }
  /** Minutes after the session was opened; or after the start of its talk, and where they are negative before it. */
  | { readonly event: "schedule"; readonly minutes: number; readonly from?: "start" | undefined }
  /** Every so many minutes after the session was opened, until it ends. */
  | { readonly event: "schedule"; readonly every: number }
  /** A `POST` to the flow's hook. */
  | { readonly event: "http" }
  /** A message on the deployment's queue that names the session and this topic. */
  | { readonly event: "queue"; readonly topic: string };

/** `revealed`: its counts are shown, and what is right. */
export type FlowActivityStatus = "open" | "closed" | "revealed";

/** What has to hold at the moment in which a flow is set off. */
export type FlowCondition =
  | { readonly people: { readonly atLeast?: number | undefined; readonly below?: number | undefined } }
  | { readonly page: string }
  | { readonly activity: string; readonly status: FlowActivityStatus };

/** What a room does by itself. */
export type RoomAction =
  | {
      readonly do: "activity";
      readonly activity: string;
      readonly status: FlowActivityStatus;
      /** Closes by itself after so many. */
      readonly seconds?: number | undefined;
    }
  | { readonly do: "state"; readonly page: string; readonly state: string }
  /** Whether reactions are taken, and what becomes of questions. What is left out stays as it is. */
  | {
      readonly do: "rules";
      readonly paused?: boolean | undefined;
      readonly questions?: "off" | "open" | "moderated" | undefined;
    }
  /** Told the hosts' pages, which show it on the stage. */
  | { readonly do: "message"; readonly text: string }
  | { readonly do: "end" };

export type FlowAction =
  | RoomAction
  /** `POST`s what happened, signed as Standard Webhooks has it. */
  | { readonly do: "webhook"; readonly url: string }
  | { readonly do: "recap" }
  /** Puts a message on the deployment's queue. */
  | { readonly do: "queue"; readonly topic: string }
  /** Writes the counts of now to R2. */
  | { readonly do: "store" };

/** `PUT …/flows/{flow}` */
export interface NewFlow {
  readonly name: string;
  readonly on: FlowTrigger;
  readonly if: readonly FlowCondition[];
  readonly do: readonly FlowAction[];
  readonly enabled: boolean;
}

/** A flow as its hosts read it. */
export interface Flow extends NewFlow {
  readonly id: string;
  /** Runs in a row that failed; with the tenth it is switched off. */
  readonly failures: number;
  /** Why it is off, in a sentence, when nobody has switched it off. */
  readonly offBecause?: string | undefined;
  /** When it was set off last, in milliseconds since 1970. */
  readonly lastRun?: number | undefined;
}

/** `GET …/flows`, of a session or of a talk */
export interface Flows {
  readonly flows: readonly Flow[];
}

/** `PUT …/flows/{flow}`, of a session or of a talk: what is secret is told once, when it is made. */
export interface SavedFlow {
  readonly flow: Flow;
  /** `whsec_…`, with which a receiver checks the signature. */
  readonly signingSecret?: string | undefined;
  /** Where a `POST` sets it off. */
  readonly hookUrl?: string | undefined;
}

/** `waiting`: to be tried again at `nextAt`. `dead`: given up; a host can send it again. */
export type FlowStepStatus = "waiting" | "running" | "done" | "failed" | "dead" | "cancelled";

/** One action of a run. */
export interface FlowStep {
  readonly do: FlowAction["do"];
  readonly status: FlowStepStatus;
  readonly attempts: number;
  readonly nextAt?: number | undefined;
  /** What went wrong last, in a sentence that names no secret and repeats nothing of an answer. */
  readonly problem?: string | undefined;
}

/** Once that a flow was set off. */
export interface FlowRun {
  readonly id: string;
  readonly at: number;
  /** What happened, as webhooks are told it; `try`: a host tried it by hand. */
  readonly event: string;
  readonly steps: readonly FlowStep[];
}

/** `GET …/flows/{flow}/runs`, the newest first. */
export interface FlowRuns {
  readonly runs: readonly FlowRun[];
  readonly cursor?: string | undefined;
}
