import { JoiningSession } from "./joining-session.ts";

/** A participant who follows and never reacts, such as a deck. */
export class ListenerClient extends JoiningSession {}
