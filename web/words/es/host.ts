import { account } from "./host/account.ts";
import { admin } from "./host/admin.ts";
import { decks } from "./host/decks.ts";
import { entrance } from "./host/entrance.ts";
import { opened } from "./host/opened.ts";
import { passkey } from "./host/passkey.ts";
import { talks } from "./host/talks.ts";

/** The page of a host's account: a file for each of its sections. */
export const host = {
  title: "Anfitrión · revint",
  titleOf: (view: string) => `${view} · anfitrión · revint`,
  opening: "Un momento…",
  failed: {
    title: "Ahora mismo no funciona",
    text: "No se pudo contactar con el servicio. Inténtalo otra vez en un momento.",
  },
  views: { talks: "Charlas", decks: "Presentaciones", account: "Cuenta", admin: "Todas las cuentas" },
  navigation: "Tu cuenta",
  more: "Mostrar más",
  reading: "Leyendo…",
  notLoaded: "Ahora mismo no se puede mostrar. Seguimos intentándolo.",
  save: "Guardar",
  saved: "Guardado.",
  close: "Cerrar",
  emailAgain: (email: string) => `Escribe «${email}» para confirmar`,

  /** What went wrong, by the service's code, wherever nothing else says it better. */
  problems: {
    network: "No se pudo contactar con el servicio. Revisa tu conexión e inténtalo otra vez.",
    not_signed_in: "Ya no estás dentro de tu cuenta. Entra para seguir.",
    rate_limited: "Llegaron demasiadas solicitudes desde tu red. Espera un minuto e inténtalo otra vez.",
    too_many_attempts: "Demasiados intentos fallidos. Espera hasta que se pueda hacer otro.",
    sign_in_failed: "Con esto no se puede entrar. Revisa lo que escribiste e inténtalo otra vez.",
    link_not_valid: "Este enlace ya no es válido. Pide otro.",
    limit_reached: "No hay sitio para más. Elimina lo que ya no necesites e inténtalo otra vez.",
    last_way_in: "Es la única forma de entrar en tu cuenta. Añade otra primero.",
    talk_not_found: "Esta charla se eliminó. Vuelve a cargar la página para ver lo que hay.",
    deck_not_found: "Esta presentación se eliminó. Vuelve a cargar la página para ver lo que hay.",
    account_not_found: "Esta cuenta se eliminó. Vuelve a cargar la página para ver lo que hay.",
    sign_up_closed:
      "Aquí no se aceptan cuentas nuevas. Quien administra esta instalación puede abrirlas; los enlaces de recuperación funcionan igual.",
    not_admin: "Solo un administrador puede hacer esto. Pídeselo a uno.",
    foreign_origin:
      "El servicio solo acepta esto desde sus propias páginas. Abre esta en su dirección habitual.",
    not_configured:
      "Las cuentas aún no están configuradas aquí. Pide a quien administra esta instalación que lo termine.",
    invalid_request: "Algo no está como debería. Revisa lo que escribiste e inténtalo otra vez.",
    conflict: "Se cambió en otro lugar. Vuelve a cargar la página e inténtalo una vez más.",
    too_large: "Es más de lo que acepta el servicio. Hazlo más pequeño e inténtalo otra vez.",
    other: "El servicio no lo hizo. Inténtalo otra vez en un momento.",
  } as Readonly<Record<string, string>>,

  passkey,
  entrance,
  talks,
  opened,
  account,
  admin,
  decks,
} as const;
