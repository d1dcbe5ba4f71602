import { form } from "./plural.ts";

/** The reveal.js plugin. */
export const plugin = {
  keys: {
    overlay: "Afficher ou masquer l’overlay du public",
    host: "Animer cette présentation avec votre public",
    together: "Garder tout le monde ensemble, prendre la main ou revenir à l’orateur",
    welcome: "Afficher le code d’accès en plein écran",
    ask: "Ouvrir ou fermer la question de cette diapo",
    reveal: "Afficher ou masquer son résultat",
    again: "La poser à nouveau",
    goto: "Aller là où le public le veut",
  },
  dialog: {
    title: "Animer cette présentation",
    text: "Collez votre jeton d’hôte, ou le lien de votre invitation. Il reste dans cet onglet et ne fait jamais partie de la présentation.",
    lead: "Animer",
    leadAnew: "Recommencer",
    close: "Fermer",
    leading: "Vous animez cette présentation",
    following: "Vous suivez cette présentation",
    join: "Lien d’accès",
    overlay: "Overlay",
    together: "Garder tout le monde ensemble",
    welcome: "Afficher le code d’accès en plein écran",
    stage: "Ouvrir la scène",
    stop: "Ne plus animer dans cet onglet",
    forget: "Oublier l’invitation dans cet onglet",
    moderator:
      "Vous modérez : les présentateurs font défiler les diapos, et cette présentation suit. Vos boutons sont sur la scène.",
    key: (key: string) => `Touche ${key}`,
  },
  missingApi:
    "Cette présentation ne dit pas où est son service revint : indiquez `apiUrl`, l’adresse de votre installation, dans les options du plugin.",
  badUrl: (option: string, url: string) =>
    `\`${option}\` de cette présentation n’est pas une adresse : « ${url} ». Corrigez-la dans les options du plugin.`,
  tokenStays: "Le jeton reste dans l’adresse : ensuite, rechargez la présentation.",
  advice: {
    tooMany: (count: number, most: number) =>
      `Cette présentation a ${count} réactions, et une session en accepte jusqu’à ${most} : les ${most} premières sont proposées. Raccourcissez \`reactions\` dans les options du plugin.`,
    twice: (reactions: readonly string[]) =>
      `Plusieurs fois dans \`reactions\` de cette présentation, et proposé une seule fois : ${reactions.join(" ")}. Retirez ce qui est en double.`,
    unfit: (reactions: readonly string[], most: number) =>
      `Pas proposé, car une réaction est un texte de 1 à ${most} caractères : ${reactions.join(", ")}. Corrigez \`reactions\` de cette présentation.`,
  },
  problem: {
    token:
      "Ce n’est pas accepté ici. Vérifiez que tout a été collé, et que c’est signé pour cette installation ; le jeton a peut-être expiré, ou l’invitation a été retirée.",
    role: "Votre invitation ne vous permet pas de piloter. Demandez à l’hôte.",
    notReached: "Le service est injoignable. Veuillez réessayer.",
    ended:
      "Cette session est terminée. Pour une autre conférence, utilisez un jeton avec un autre nom ou une autre date.",
    notFound: "Cette session n’existe pas.",
    notFollowed: {
      notFound:
        "Cette session n’existe pas. Le lien est peut-être incomplet ; ces diapos fonctionnent sans elle.",
      other: "La session ne peut pas être suivie pour l’instant. Ces diapos fonctionnent sans elle.",
    },
    gone: "La session que cette présentation animait a été supprimée. Elle ne recommence que si vous le demandez.",
    other: "Le service n’a pas accepté cela. Veuillez réessayer plus tard.",
  },
  slide: (number: string) => `Diapo ${number}`,
  different: "Cette copie de la présentation diffère de celle du présentateur",
  inOrder:
    "Cette présentation n’est pas mélangée tant qu’elle anime ou suit : chaque copie montrerait d’autres diapos",
  overlay: "Votre public",
  noAnswer: (host: string) => `${host} ne répond pas`,
  notConnected: "Pas de connexion",
  waiting: (count: number) =>
    `${count.toLocaleString("fr")} ${form(count, "personne attend", "personnes attendent")} pour entrer : ouvrez la scène`,
  doorClosed: "L’entrée est fermée : plus personne n’entre",
  join: "Participer",
  away: "Revenir à l’orateur",
  held: "L’orateur garde tout le monde ensemble",
  holding: "Tous ensemble",
  othersDrive: "Un autre présentateur pilote",
  takeOver: "Prendre la main",
  over: "Cette session est terminée",
  results: "Voir les résultats",
  noExtras:
    "Les questions de cette présentation ne peuvent pas être posées : revint-activities.js ne peut pas être chargé à côté de revint.js",
} as const;
