export const words = {
  from: "Right is, or is from",
  to: "up to",
  none: "Please type the right number; or two, from where to where an answer is right.",
  upwards: "Please type the smaller number first.",
  far: "No answer can be that far from zero.",
} as const;
