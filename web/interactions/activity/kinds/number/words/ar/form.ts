export const words = {
  label: "إجابتك، عدد",
  send: "إرسال",
  minus: "تغيير الإشارة",
  between: (min: string, max: string) => `من ${min} إلى ${max}`,
  atLeast: (min: string) => `${min} أو أكثر`,
  atMost: (max: string) => `حتى ${max}`,
  steps: (step: string) => `بخطوات قدرها ${step}`,
  whole: "عدد صحيح",
  wrong: (range: string) => (range === "" ? "اكتب عددًا من فضلك." : `اكتب عددًا من فضلك: ${range}.`),
} as const;
