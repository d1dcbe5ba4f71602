export const words = {
  label: "Tu respuesta, un número",
  send: "Enviar",
  minus: "Cambiar el signo",
  between: (min: string, max: string) => `De ${min} a ${max}`,
  atLeast: (min: string) => `${min} o más`,
  atMost: (max: string) => `Hasta ${max}`,
  steps: (step: string) => `en pasos de ${step}`,
  whole: "un número entero",
  wrong: (range: string) => (range === "" ? "Escribe un número." : `Escribe un número: ${range}.`),
} as const;
