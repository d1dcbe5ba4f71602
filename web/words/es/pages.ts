import { plural } from "./plural.ts";

/** What the pages have in common. */
export const pages = {
  copy: "Copiar",
  copied: "Copiado.",
  notCopied: "Aquí no se puede copiar: el texto está seleccionado, cópialo con el teclado.",
  cancel: "Cancelar",
  sessionField: "Sesión",
  noSessionName: "Esto no es el nombre de una sesión ni un enlace a una. Pégalo completo.",
  noSessionOrToken:
    "Esto no es el nombre de una sesión, ni un enlace a una, ni un token de anfitrión. Pégalo completo.",
  sessionOrToken: "Token de anfitrión o sesión",
  ownSession: {
    notStarted:
      "La sesión de este token aún no ha empezado o se ha borrado. Primero dirige la presentación con el token.",
    refused:
      "Este token no se acepta aquí. Comprueba que lo pegaste completo, que se firmó para esta instalación y que no ha caducado.",
    failed: "No se pudo contactar con el servicio. Inténtalo otra vez.",
  },
  passRefused:
    "Esto es un secreto del anfitrión y no sirve para unirse. Va en la presentación o en el escenario.",
  seconds: (count: number) => `${count} s`,
  minutes: (minutes: number, seconds: number) =>
    seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`,
  hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  days: (days: number, hours: number) => (hours === 0 ? plural(days, "día", "días") : `${days} d ${hours} h`),
  slide: (page: string) => `Diapositiva ${page}`,
  beforeFirst: "Antes de la primera diapositiva",
  /** Where an address leads to this computer. */
  onlyHere:
    "Los teléfonos no pueden abrir esta dirección: es solo de este ordenador. Inicia con HOST=0.0.0.0 npm start y abre esta página en la dirección que aparece entonces.",
} as const;
