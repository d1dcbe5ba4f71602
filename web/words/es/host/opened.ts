/** What opens from a talk. */
export const opened = {
  deck: "Abriendo la presentación…",
  stage: "Abriendo el escenario…",
  results: "Abriendo los resultados…",
  recap: "Abriendo el resumen…",
  back: "Volver a tus charlas",
  broken: "Este enlace no está completo. Abre la charla desde tu lista.",
} as const;
