import { plural } from "../plural.ts";

/** The ways into an account. */
export const entrance = {
  password: "Contraseña",
  newPassword: "Contraseña nueva",
  passwordHint: (shortest: number) => `${plural(shortest, "carácter", "caracteres")} o más`,
  show: "Mostrar",
  showPassword: "Mostrar la contraseña",
  email: "Correo",
  name: "Tu nombre",
  or: "o",
  withPasskey: "Usar una llave de acceso",
  withPassword: "Usar una contraseña",
  wait: (time: string) => `El próximo intento será posible en ${time}.`,
  waited: "Ya puedes intentarlo otra vez.",
  signIn: {
    title: "Entrar",
    passkey: "Entrar con llave de acceso",
    password: "Entrar",
    failed: "El correo y la contraseña no coinciden. Revisa ambos e inténtalo otra vez.",
    passkeyFailed: "Esta llave de acceso no abre ninguna cuenta aquí. Usa otra o tu contraseña.",
    lost: "¿Ya no puedes entrar? Pide un enlace de recuperación a quien administra esta instalación.",
    other: "¿Es tu primera vez? Crea una cuenta",
  },
  signUp: {
    title: "Crear una cuenta",
    text: "Para quien da charlas. El público no la necesita.",
    passkey: "Seguir con llave de acceso",
    password: "Crear la cuenta",
    refused:
      "No se creó ninguna cuenta. Si ya tienes una, entra. Si te invitaron, abre el enlace de tu invitación.",
    invalid: "Revisa el correo electrónico y que la contraseña sea lo bastante larga.",
    invited: {
      title: "Las cuentas son por invitación",
      text: "Pide a quien administra esta instalación que te invite. El enlace que recibas abre esta página.",
    },
    closed: {
      title: "Aquí no hay cuentas nuevas",
      text: "Quien administra esta instalación no crea ninguna por ahora. Pregúntale.",
    },
    other: "¿Ya tienes cuenta? Entra",
  },
  invitation: {
    title: "Te damos la bienvenida",
    text: (email: string) => `Te invitaron a crear una cuenta para ${email}.`,
    closed: {
      title: "Por ahora no hay cuentas nuevas",
      text: (email: string) =>
        `Te invitaron a crear una cuenta para ${email}, pero aquí ya no se aceptan cuentas nuevas. Pide a quien te invitó que las abra y después abre tu enlace otra vez: vale hasta que caduque.`,
    },
  },
  recovery: {
    title: "Un nuevo acceso",
    text: (email: string) =>
      `Pon una llave de acceso o una contraseña nueva para ${email}. Será la única: las anteriores dejan de funcionar y la cuenta se cierra en todos los demás navegadores.`,
    passkey: "Seguir con llave de acceso",
    password: "Poner la contraseña",
  },
  badLink: "Este enlace no es válido: ya se usó, ha caducado o no está completo. Pide otro.",
  isSignedIn: (email: string) => `Has entrado como ${email}. Si sigues aquí, eso cambia.`,
  notNow: "Ahora no",
} as const;
