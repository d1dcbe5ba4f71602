export const words = {
  label: "Your answer, a number",
  send: "Send",
  minus: "Change the sign",
  between: (min: string, max: string) => `From ${min} to ${max}`,
  atLeast: (min: string) => `${min} or more`,
  atMost: (max: string) => `Up to ${max}`,
  steps: (step: string) => `in steps of ${step}`,
  whole: "a whole number",
  wrong: (range: string) => (range === "" ? "Please type a number." : `Please type a number: ${range}.`),
} as const;
