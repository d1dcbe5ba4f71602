/** What a co-host may do: a presenter sets the state, a moderator moderates; both read the results. */
export type CoHostRole = "presenter" | "moderator";

/** One invitation. */
export interface CoHost {
  /** The one of the co-host's uid. */
  readonly participant: string;
  readonly role: CoHostRole;
  /** What the host calls them. */
  readonly name?: string | undefined;
  readonly invitedAt: number;
  /** In milliseconds since 1970; `null`: it is good. */
  readonly removedAt: number | null;
}

/** `GET …/hosts` */
export interface CoHosts {
  readonly coHosts: readonly CoHost[];
}

/** `POST …/hosts` */
export interface NewCoHost {
  readonly role: CoHostRole;
  readonly name?: string | undefined;
}

export interface CoHostAnswer {
  /** What the co-host sends as `x-session-token`; whoever has it is this co-host. */
  readonly token: string;
  readonly hostUid: string;
  readonly role: CoHostRole;
}

/** Who drives when no co-host does. */
export const HOST_DRIVES = "host";

/** `POST …/driver` */
export interface Driver {
  /** `host`, or the co-host's participant. */
  readonly driver: string;
}
