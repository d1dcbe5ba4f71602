import { BurstsMessage, ReactionsMessage, ReactMessage } from "./reaction/message.schema.ts";

/** The schemas of `InteractionRequest`. */
export const interactionRequests = [ReactMessage] as const;

/** The schemas of `InteractionMessage`. */
export const interactionMessages = [ReactionsMessage, BurstsMessage] as const;
