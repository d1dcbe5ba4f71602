/** What few people use on the phone page: loaded when somebody opens it. */
export const phoneMore = {
  awake: {
    on: "Mantener la pantalla encendida",
    refused:
      "No activado: el teléfono lo rechaza por ahora, como cuando le queda poca batería. Se intenta de nuevo cada vez que vuelves a esta página.",
  },
  link: {
    label: "Enlace para unirse",
    share: "Compartir el enlace",
    shared: "Compartido.",
    copy: "Copiar el enlace",
    copied: "Copiado.",
    notCopied: "Aquí no se puede copiar: el enlace está seleccionado, cópialo tú.",
  },
} as const;
