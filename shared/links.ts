/** Where a session's host and audience go. All but `join` hold the host token. */
export interface Links {
  /** A deck that leads the session. */
  readonly deck: string;
  readonly stage: string;
  readonly results: string;
  /** Where phones join; only with the session's name. */
  readonly join: string | undefined;
}

/** What is needed to find a session. */
export interface Place {
  /** Where its host opens pages. */
  readonly hostUrl: string;
  /** Where phones reach the same deployment. */
  readonly audienceUrl: string;
}

interface LinkOptions {
  /** Left out, stage and results find the session by the token. */
  readonly sessionUid?: string | undefined;
  /** Where the deck is; left out, it is the demo. */
  readonly deckPath?: string | undefined;
}

/** The links of a host token's session. The token stands in their fragment, which no server ever sees. */
export function getLinks(
  { hostUrl, audienceUrl }: Place,
  token: string,
  { sessionUid, deckPath = "/demo" }: LinkOptions = {},
): Links {
  // Whoever starts the session says to phones where they join: not where it was opened, if that is only for this computer.
  const join = audienceUrl === hostUrl ? "" : `join=${encodeURIComponent(`${audienceUrl}/join`)}`;
  const where = join === "" ? "" : `?${join}`;
  const session = sessionUid === undefined ? "" : `?session=${sessionUid}`;
  const stage = session !== "" && join !== "" ? `${session}&${join}` : session + where;
  return {
    deck: `${hostUrl}${deckPath}${where}#token=${token}`,
    stage: `${hostUrl}/stage${stage}#token=${token}`,
    results: `${hostUrl}/results${session}#token=${token}`,
    join: sessionUid === undefined ? undefined : getJoinLink(audienceUrl, sessionUid),
  };
}

/** Where phones join a session. */
export const getJoinLink = (audienceUrl: string, sessionUid: string): string =>
  `${audienceUrl}/join?session=${sessionUid}`;
