/** What a passkey did not do. */
export const passkey = {
  cancelled: "No se usó ninguna llave de acceso. Inténtalo otra vez o usa una contraseña.",
  problems: {
    passkey_exists: "Este dispositivo ya tiene una llave de acceso de esta cuenta. Usa esa.",
    passkey_failed: "La llave de acceso no funcionó aquí. Inténtalo otra vez o usa una contraseña.",
    passkey_missing: "No se pudieron cargar las llaves de acceso. Revisa tu conexión e inténtalo otra vez.",
  },
  hindrances: {
    address: "Las llaves de acceso necesitan un nombre en la dirección y aquí no funcionan.",
    elsewhere: (link: string) => `Para usar una, abre ${link}.`,
    insecure: "Las llaves de acceso necesitan https y no funcionan en esta dirección.",
    browser: "Este navegador no tiene llaves de acceso.",
  },
} as const;
