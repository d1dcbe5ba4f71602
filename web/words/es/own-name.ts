import type { ErrorCode } from "../../client/error.ts";

/** How somebody in the audience gives themselves a name, and where they are asked for it. */
export const ownName = {
  unnamed: { rankings: "No tienes nombre en las clasificaciones.", questions: "Preguntas sin nombre." },
  named: { rankings: "Tu nombre en las clasificaciones: ", questions: "Tu nombre: " },
  give: "Poner nombre",
  change: "Cambiarlo",
  label: "Tu nombre",
  hint: {
    rankings: "Todos lo ven en las clasificaciones. Déjalo vacío para seguir sin nombre.",
    questions:
      "Todos lo ven en las clasificaciones y en las preguntas que quieras firmar. Déjalo vacío para seguir sin nombre.",
  },
  save: "Guardar",
  cancel: "Cancelar",
  saved: {
    rankings: (name: string) => `Ahora eres ${name} en las clasificaciones.`,
    questions: (name: string) => `Ahora eres ${name}.`,
  },
  stays: "Un nombre ya puesto se puede cambiar, pero no quitar. Escribe uno.",
  off: "El anfitrión no acepta nombres en esta sesión.",
  /** Why a name is not taken. */
  refused: (code: ErrorCode): string => REFUSED[code] ?? "No se aceptó tu nombre. Inténtalo otra vez.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  name_taken: "Otra persona ya tiene este nombre aquí. Elige otro.",
  names_off: ownName.off,
  invalid_request: "Esto no puede ser un nombre: hasta 32 caracteres visibles, en una sola línea.",
  rate_limited: "Lo has cambiado muchas veces. Espera un minuto e inténtalo otra vez.",
  blocked: "El anfitrión no acepta tu nombre en este momento.",
  session_ended: "La sesión ha terminado: ya no se aceptan nombres.",
  network: "No se pudo enviar tu nombre. Inténtalo otra vez cuando tengas conexión.",
  unavailable: "No se pudo guardar tu nombre. Inténtalo otra vez en un momento.",
};
