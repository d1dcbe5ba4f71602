/** How a host ends the session, wherever that is offered. */
export const ending = {
  offer: "Session beenden …",
  title: "Diese Session beenden?",
  text: "Niemand kann mehr reagieren, und alle Handys verabschieden sich. Die Ergebnisse bleiben.",
  publish: "Alle dürfen die Ergebnisse sehen",
  confirm: "Session beenden",
};
