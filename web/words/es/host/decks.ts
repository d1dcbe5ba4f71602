import { plural } from "../plural.ts";

const quote = (name: string): string => `«${name}»`;

/** Decks that hosts have brought along. */
export const decks = {
  heading: "Presentaciones",
  none: "Aún no has traído ninguna presentación.",
  kinds: { markdown: "Markdown", pdf: "PDF" },
  pages: (count: number) => plural(count, "diapositiva", "diapositivas"),
  uploading: "aún incompleta",
  isUploading: "en camino",
  goOn: "Seguir…",
  goOnOf: (title: string) => `Seguir con ${title}`,
  newTalk: "Nueva charla",
  newTalkOf: (title: string) => `Nueva charla con ${title}`,
  upload: {
    heading: "Traer una presentación",
    text: "Un PDF, o un Markdown con sus imágenes: elígelos juntos o suéltalos aquí. Desde PowerPoint, Keynote o Google Slides, exporta como PDF.",
    choose: "Elegir archivos…",
    wanted: (title: string) => `Elige otra vez el archivo de ${quote(title)}: solo se envía lo que falta.`,
    notWanted: "Mejor otra presentación",
    title: "Título",
    chosen: (facts: string) => `Está bien: ${facts}.`,
    pictures: (count: number) => plural(count, "imagen", "imágenes"),
    send: "Subir",
    notThis: "Esta no",
    reading: "Examinándola…",
    sending: (title: string) => `Subiendo ${quote(title)}…`,
    waiting: "Esperando la red. Sigue sin que hagas nada.",
    finishing: "Ya casi está…",
    stopping: "Deteniendo…",
    progress: (sent: string, total: string) => `${sent} de ${total}`,
    percent: (percent: number) => `${percent} % subido`,
    hint: "Deja esta página abierta. Si se cierra, elige el mismo archivo otra vez: sigue donde estaba.",
    cancel: "Cancelar",
    cancelled: "La subida se canceló. No se conserva nada.",
    stopped: "La subida se detuvo. Lo enviado se borra en un día; también puedes eliminarlo abajo.",
    done: (title: string) => `${quote(title)} está lista.`,
    notValid: (detail: string) => `Esto aún no se puede mostrar: ${detail}. Cámbialo e inténtalo otra vez.`,
    refused: {
      unknown: (file: string) => `${quote(file)} no es PDF ni Markdown. Expórtalo como PDF y elige ese.`,
      presentation: (file: string) =>
        `${quote(file)} es una presentación que solo abre su propio programa. Expórtala allí como PDF y elige ese.`,
      several: () => "Una presentación cada vez: elige un PDF, o un archivo de Markdown con sus imágenes.",
      noText: () => "Aquí solo hay imágenes. Elige también el archivo de Markdown que las muestra.",
      empty: (file: string) => `${quote(file)} está vacío. Elige otro archivo.`,
      unreadable: (file: string) =>
        `${quote(file)} no se puede leer. Si lo moviste o lo cambiaste, elígelo otra vez.`,
      notPdf: (file: string) =>
        `${quote(file)} se llama PDF y no lo es. Expórtalo otra vez como PDF y elige ese.`,
      broken: (file: string) => `${quote(file)} está dañado. Expórtalo otra vez como PDF y elige ese.`,
      protected: (file: string) => `${quote(file)} está protegido. Expórtalo sin contraseña y elige ese.`,
      missing: () =>
        "No se pudo cargar lo que lee los PDF. Revisa tu conexión, vuelve a cargar esta página y elige el archivo una vez más.",
      large: (file: string) =>
        `${quote(file)} pesa más de 100 MB. Expórtalo con imágenes más pequeñas y elige ese.`,
      manyPages: (file: string) =>
        `${quote(file)} tiene más de 300 páginas. Divídelo y trae las partes una por una.`,
      largeText: (file: string) =>
        `${quote(file)} tiene más de 1 MB de texto. Divídelo y trae las partes una por una.`,
      manyPictures: () => "Son más de 100 imágenes. Deja fuera algunas y elígelas otra vez.",
      noPicture: (file: string) =>
        `${quote(file)} no es una imagen que se pueda mostrar. Guárdala como PNG, JPEG, GIF, WebP o AVIF.`,
      largePicture: (file: string) =>
        `${quote(file)} pesa más de 10 MB. Hazla más pequeña y elígela otra vez.`,
      pictureName: (file: string) =>
        `${quote(file)} no se puede llamar así. Cámbiale el nombre, en el archivo y en el Markdown: solo letras, dígitos, «-», «_» y «.».`,
      otherFile: (title: string) =>
        `Este no es el archivo de ${quote(title)}. Elige ese, o elimina abajo la presentación y trae la nueva.`,
    },
    write: {
      open: "Escribirla aquí",
      close: "Ahora no",
      field: "Diapositivas, en Markdown",
      hint: "Tres guiones entre líneas vacías empiezan la diapositiva siguiente. Lo que escribes se guarda en este navegador hasta que se crea la presentación.",
      file: "Mis diapositivas.md",
      save: "Crear presentación",
      example: `# Mi charla

Quién soy y de qué trata esto

---

## Tres cosas

- Una
- Dos
- Tres

Note: esto solo lo ves tú.

---

## ¿Qué opinas?

\`\`\`revint-choice opinion
¿Estás de acuerdo?
- Sí
- No
- Aún no lo sé
\`\`\`
`,
    },
  },
  open: "Ver",
  openOf: (title: string) => `Ver ${title}`,
  rename: "Renombrar…",
  renameOf: (title: string) => `Renombrar ${title}`,
  renamed: "La presentación tiene un título nuevo.",
  edit: { title: "Renombrar la presentación", field: "Título" },
  remove: "Eliminar…",
  removeOf: (title: string) => `Eliminar ${title}`,
  ask: {
    title: (title: string) => `¿Eliminar «${title}»?`,
    text: "La presentación y sus imágenes desaparecen para siempre. Las charlas que la muestran siguen sin presentación.",
    confirm: "Eliminarla",
  },
  removed: (title: string) => `«${title}» está eliminada.`,
} as const;
