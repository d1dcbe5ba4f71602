/* What the phone page loads when somebody needs it: in one file, since two would make pieces of what all share. */
export { createPanel } from "./more-panel.tsx";
export { createStart } from "./planned-start.tsx";
