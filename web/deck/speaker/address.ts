/** Where the speaker's window of a deck is. */
export const writeSpeakerPath = (deck: string): string => `/deck/${deck}?speaker`;

export const isSpeakerAddress = (): boolean => new URLSearchParams(location.search).has("speaker");

/** Nothing in a copy moves by itself; all of it is as the deck says. */
const STILL =
  "receiver&controls=false&progress=false&history=false&hash=false&transition=none&touch=false&keyboard=false";

/** Copies of the deck, to be shown in that window. By what it says of events, the plugin knows the one that the room sees. */
export const writeCopyPath = (deck: string, isCurrent: boolean): string =>
  `/deck/${deck}?${STILL}${isCurrent ? "&postMessageEvents=true" : ""}`;
