export const words = {
  send: "إرسال",
  final: "اختر درجة، ثم أرسل. لا يمكن تغييرها بعد ذلك.",
  step: (step: string, meaning: string | undefined) => (meaning === undefined ? step : `${step}، ${meaning}`),
} as const;
