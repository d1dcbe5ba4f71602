export const words = {
  from: "Richtig ist, oder ist ab",
  to: "bis",
  none: "Bitte die richtige Zahl eintippen; oder zwei, zwischen denen eine Antwort richtig ist.",
  upwards: "Bitte die kleinere Zahl zuerst.",
  far: "So weit von null entfernt kann keine Antwort sein.",
} as const;
