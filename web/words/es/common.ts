import { plural } from "./plural.ts";

/** What both pages and plugin say. */
export const common = {
  people: (count: number) => plural(count, "persona", "personas"),
  connection: {
    connecting: "Conectando…",
    live: "Conectado",
    fallback: "Conectado",
    closed: "Sin conexión",
  },
  token: "Token de anfitrión o enlace de invitación",
  tryAgain: "Reintentar",
  noPass: "Esto no es un token de anfitrión ni un enlace de invitación. Pégalo completo.",
  joinCode: (url: string) => `Código QR para unirse: ${url}`,
} as const;
