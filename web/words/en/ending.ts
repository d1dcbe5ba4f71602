/** How a host ends the session, wherever that is offered. */
export const ending = {
  offer: "End the session…",
  title: "End this session?",
  text: "Nobody can react any more, and every phone says goodbye. The results stay.",
  publish: "Let everyone see the results",
  confirm: "End the session",
};
