import { LIMITS } from "./limits.ts";

/** What a session's audience may know about it. */
export interface PublicSession {
  /** From the host token's payload. */
  readonly name: string;
  readonly date: string;
  /** Buttons to offer; empty: the client's own. */
  readonly reactions: readonly string[];
  readonly apiUrl: string;
  readonly webUiUrl: string;
  readonly wsUrl?: string | undefined;
  /** Where the slides themselves are. */
  readonly deckUrl?: string | undefined;
  /** Words of the audience's own are taken, on any page, besides those buttons. */
  readonly anyReaction: boolean;
}

/** `POST /api/v1/session/new`. A resumed session keeps what is left out. */
export interface NewSession {
  readonly sessionUid?: string | undefined;
  readonly apiUrl: string;
  readonly webUiUrl: string;
  readonly wsUrl?: string | undefined;
  readonly deckUrl?: string | undefined;
  readonly anyReaction?: boolean | undefined;
  readonly userToken?: string | undefined;
  readonly reactions?: readonly string[] | undefined;
  readonly expectedAudience?: number | undefined;
  readonly maxParticipants?: number | undefined;
  readonly retentionDays?: number | undefined;
  /** Left out, the session goes on where it was. */
  readonly restart: boolean;
}

/** What a new session has of what its host leaves out. */
export const SESSION_DEFAULTS = {
  reactions: [],
  anyReaction: false,
  expectedAudience: 1,
  maxParticipants: LIMITS.maxParticipants,
  retentionDays: LIMITS.retentionDays,
} as const;

/** What a host gets. `token` is the host token again: a secret. */
export interface NewSessionAnswer {
  readonly token: string;
  readonly hostUid: string;
  readonly sessionUid: string;
  readonly joinUrl: string;
  /** What people type to join, after the deployment's address. `null`: there is none now; the link is as good as ever. */
  readonly joinCode: string | null;
  readonly resumed: boolean;
  /** When it was ended, in milliseconds since 1970; it takes `restart` to go on. `null`: it has not. */
  readonly endedAt: number | null;
  /** Flows that are saved with its talk are not there yet: the next opening tries again. Left out, all is well. */
  readonly withoutFlows?: true | undefined;
}

/** The public facts of a session. */
export interface SessionAnswer extends PublicSession {
  readonly sessionUid: string;
  /** The audience token: it proves that one knows this session, and nothing more. */
  readonly token: string;
  /** The same again. */
  readonly userToken: string;
  /** What people type to join, after the deployment's address. `null`: there is none now. */
  readonly joinCode: string | null;
  /** When its talk is planned to start, in milliseconds since 1970. `null`: its host has not said when. */
  readonly startsAt: number | null;
}

/** `POST …/login` */
export interface LoginAnswer {
  readonly uid: string;
  readonly token: string;
}

/** `POST …/revoke` */
export interface RevokeAnswer {
  /** Names of the generations before are refused. */
  readonly generation: number;
  readonly hostUid: string;
}

/** What has nothing to say but that it is done. */
export interface Done {
  readonly success: true;
}
