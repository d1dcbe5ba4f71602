/** The phone page. */
export const audience = {
  title: "Unirse · revint",
  titleOf: (name: string) => `${name} · revint`,
  connecting: "Buscando la sesión…",
  offline: "Sin conexión. Seguimos intentándolo.",
  waiting: {
    title: "Aún no ha empezado",
    text: "No tienes que hacer nada: esta página avanza sola cuando empiece la charla.",
  },
  more: "Más",
  notLoaded: "Ahora no se puede mostrar esto. Lo seguimos intentando.",
  noSession: {
    title: "¿Qué sesión?",
    text: "Escribe el código de la pantalla o pega el enlace de la sesión.",
  },
  notFound: {
    title: "Esta sesión no existe",
    text: "Quizá el enlace esté incompleto, o la sesión aún no esté abierta. Escribe el código de la pantalla o vuelve a escanearlo.",
  },
  wrongCode: {
    title: "Ninguna charla tiene este código",
    text: "Quizá haya un dígito mal. O la charla ya terminó: su código caduca un día después.",
  },
  tooManyCodes: {
    title: "Demasiados códigos erróneos",
    text: "Llegaron desde tu red. Inténtalo otra vez en un minuto o usa el enlace de la charla.",
  },
  code: "Código para unirse",
  noCode: "El código para unirse tiene 6 u 8 dígitos. También puedes pegar el enlace de la sesión.",
  ended: { title: "Ha terminado", text: "Gracias por participar." },
  results: "Sus resultados, si el ponente los ha abierto",
  recap: "Su resumen, cuando el ponente lo haya publicado",
  full: {
    title: "Ya no puede entrar nadie más",
    text: "La sala está llena o la entrada está cerrada por ahora. Deja esta página abierta: entrarás sin hacer nada en cuanto haya sitio.",
  },
  crowded: {
    title: "Llega mucha gente a la vez",
    text: "Estás en la fila. Deja esta página abierta: entrarás sin hacer nada en un momento.",
  },
  sentOut: {
    title: "El anfitrión ha hecho salir a todos",
    text: "Lo contado sigue contado. Para volver a entrar, únete de nuevo.",
  },
  failed: { title: "Ahora mismo no funciona", text: "Inténtalo otra vez en un momento." },
  tryAgain: "Reintentar",
  join: "Unirse",
  joinAgain: "Unirse otra vez",
  slides: {
    see: "Ver diapositivas",
    title: "Las diapositivas",
    tab: "En otra pestaña",
    close: "Cerrar",
  },
  tabs: { label: "Qué ver", live: "En vivo", missed: ", hay algo nuevo", news: " sin ver" },
  paused: "En pausa",
  announcePage: (title: string) => `Ahora: ${title}`,
} as const;
