/** Whether questions are taken, and whether a moderator publishes them first. */
export type QuestionRule = "off" | "open" | "moderated";

/** What the host allows at this moment, as everyone hears it. */
export interface Rules {
  /** Nobody's reactions are taken until it is false again. */
  readonly paused: boolean;
  /** The only reactions taken; `null`: what the session offers. */
  readonly reactions: readonly string[] | null;
  /** The same for single pages, where it wins over `reactions`. */
  readonly pages: Readonly<Record<string, readonly string[]>>;
  /** With `reactions: null`, words of the audience's own are taken too, on any page. */
  readonly anyReaction: boolean;
  /** Questions from the audience, and votes for them. */
  readonly questions: QuestionRule;
  /** People may give themselves a name, for rankings and questions. */
  readonly names: boolean;
}

/** The rules as hosts read and set them; every room holds to them. */
export interface HostRules extends Rules {
  /** The audience may read timeline and export too. */
  readonly publicResults: boolean;
  /** The door is closed: nobody new joins, and whoever is in stays in. */
  readonly isClosed: boolean;
  /** Newcomers that one minute takes; `null`: as many as the service finds right for the expected audience. */
  readonly joinsPerMinute: number | null;
}

/** `PATCH …/rules`: what is named is replaced, each rule as a whole; what is left out stays as it is. */
export type RulesChange = { readonly [Rule in keyof HostRules]?: HostRules[Rule] | undefined };

/**
 * `POST …/rules`. What clients of before do not know keeps its value when it is left out; the rest has its
 * default then, as it always had.
 */
export type NewRules = RulesChange & Pick<HostRules, "paused" | "reactions" | "pages" | "publicResults">;

/** The rules after a change. */
export const changeRules = (
  before: HostRules,
  {
    paused = before.paused,
    reactions = before.reactions,
    pages = before.pages,
    anyReaction = before.anyReaction,
    questions = before.questions,
    names = before.names,
    publicResults = before.publicResults,
    isClosed = before.isClosed,
    joinsPerMinute = before.joinsPerMinute,
  }: RulesChange,
): HostRules => ({
  ...{ paused, reactions, pages, anyReaction, questions, names },
  ...{ publicResults, isClosed, joinsPerMinute },
});
