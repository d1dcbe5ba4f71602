/** How a host ends the session, wherever that is offered. */
export const ending = {
  offer: "Terminar la sesión…",
  title: "¿Terminar esta sesión?",
  text: "Ya nadie puede reaccionar y todos los teléfonos se despiden. Los resultados se quedan.",
  publish: "Dejar que todos vean los resultados",
  confirm: "Terminar la sesión",
};
