import { plural } from "../plural.ts";

/** All accounts, for an admin. */
export const admin = {
  heading: "Todas las cuentas",
  invite: {
    title: "Invitar a alguien",
    role: "Como",
    roles: { host: "Anfitrión", admin: "Administrador" },
    create: "Crear enlace de invitación",
  },
  link: {
    invitation: (email: string) => `Invitación para ${email}`,
    recovery: (email: string) => `Enlace de recuperación para ${email}`,
    text: (until: string) =>
      `Envíalo solo a esa persona: quien lo abra primero puede usarlo, una vez, hasta ${until}. Solo se muestra ahora.`,
  },
  list: "Cuentas",
  seen: (at: string) => `última vez ${at}`,
  talks: (count: number) => plural(count, "charla", "charlas"),
  decks: (count: number) => plural(count, "presentación", "presentaciones"),
  isDeleting: "se está borrando",
  isYou: "tú",
  recover: "Enlace de recuperación",
  recoverOf: (email: string) => `Enlace de recuperación para ${email}`,
  remove: "Eliminar…",
  removeOf: (email: string) => `Eliminar ${email}`,
  ask: {
    title: (email: string) => `¿Eliminar ${email}?`,
    text: "Todo lo de esta cuenta desaparece para siempre: sus charlas con sus sesiones y resultados, y sus presentaciones.",
    confirm: "Eliminar para siempre",
  },
  removed: (email: string) => `${email} se está borrando.`,
  makeAdmin: "Hacer administrador",
  makeAdminOf: (email: string) => `Hacer administrador a ${email}`,
  makeHost: "Quitar de administrador",
  makeHostOf: (email: string) => `Quitar de administrador a ${email}`,
  changed: (email: string, role: string) => `${email} ahora es ${role}.`,
  roles: { host: "anfitrión", admin: "administrador" },
  invited: "Este correo ya tiene una cuenta. Si no puede entrar, crea abajo un enlace de recuperación.",
  conflict: "El último administrador tiene que quedarse. Nombra primero a otra persona.",
} as const;
