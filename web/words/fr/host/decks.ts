import { plural } from "../plural.ts";

const quote = (name: string): string => `« ${name} »`;

/** Decks that hosts have brought along. */
export const decks = {
  heading: "Présentations",
  none: "Vous n’avez pas encore apporté de présentation.",
  kinds: { markdown: "Markdown", pdf: "PDF" },
  pages: (count: number) => plural(count, "diapo", "diapos"),
  uploading: "pas encore complète",
  isUploading: "en route",
  goOn: "Continuer…",
  goOnOf: (title: string) => `Continuer ${title}`,
  newTalk: "Nouvelle conférence",
  newTalkOf: (title: string) => `Nouvelle conférence avec ${title}`,
  upload: {
    heading: "Apporter une présentation",
    text: "Un PDF, ou du Markdown avec ses images : choisissez-les ensemble, ou déposez-les ici. Depuis PowerPoint, Keynote ou Google Slides, exportez en PDF.",
    choose: "Choisir des fichiers…",
    wanted: (title: string) =>
      `Choisissez à nouveau le fichier de ${quote(title)} : seul ce qui manque est envoyé.`,
    notWanted: "Plutôt une autre",
    title: "Titre",
    chosen: (facts: string) => `C’est bon : ${facts}.`,
    pictures: (count: number) => plural(count, "image", "images"),
    send: "Téléverser",
    notThis: "Pas celle-ci",
    reading: "Examen…",
    sending: (title: string) => `Téléversement de ${quote(title)}…`,
    waiting: "En attente du réseau. Cela reprendra automatiquement.",
    finishing: "Presque fini…",
    stopping: "Arrêt…",
    progress: (sent: string, total: string) => `${sent} sur ${total}`,
    percent: (percent: number) => `${percent} % envoyés`,
    hint: "Gardez cette page ouverte. Si elle se ferme, choisissez à nouveau le même fichier : l’envoi reprend où il en était.",
    cancel: "Annuler",
    cancelled: "Le téléversement a été annulé. Rien n’en est gardé.",
    stopped:
      "Le téléversement a été arrêté. Ce qui a été envoyé sera retiré sous un jour ; ou supprimez-le ci-dessous.",
    done: (title: string) => `${quote(title)} est prête.`,
    notValid: (detail: string) =>
      `Cela ne peut pas encore être affiché : ${detail}. Corrigez cela, puis réessayez.`,
    refused: {
      unknown: (file: string) =>
        `${quote(file)} n’est ni un PDF ni du Markdown. Exportez-le en PDF, et choisissez celui-ci.`,
      presentation: (file: string) =>
        `${quote(file)} est une présentation que seul son logiciel ouvre. Exportez-la là-bas en PDF, et choisissez celui-ci.`,
      several: () =>
        "Une présentation à la fois : choisissez un PDF, ou un fichier Markdown avec ses images.",
      noText: () => "Il n’y a que des images. Choisissez aussi le fichier Markdown qui les montre.",
      empty: (file: string) => `${quote(file)} est vide. Choisissez un autre fichier.`,
      unreadable: (file: string) =>
        `${quote(file)} ne peut pas être lu. S’il a été déplacé ou modifié, choisissez-le à nouveau.`,
      notPdf: (file: string) =>
        `${quote(file)} s’appelle PDF et n’en est pas un. Exportez-le à nouveau en PDF, et choisissez celui-ci.`,
      broken: (file: string) =>
        `${quote(file)} est endommagé. Exportez-le à nouveau en PDF, et choisissez celui-ci.`,
      protected: (file: string) =>
        `${quote(file)} est protégé. Exportez-le sans mot de passe, et choisissez celui-ci.`,
      missing: () =>
        "Ce qui lit les PDF n’a pas pu être chargé. Vérifiez votre connexion, rechargez cette page, et choisissez à nouveau le fichier.",
      large: (file: string) =>
        `${quote(file)} dépasse 100 Mo. Exportez-le avec des images plus petites, et choisissez celui-ci.`,
      manyPages: (file: string) =>
        `${quote(file)} a plus de 300 pages. Divisez-le, et apportez les parties une par une.`,
      largeText: (file: string) =>
        `${quote(file)} dépasse 1 Mo de texte. Divisez-le, et apportez les parties une par une.`,
      manyPictures: () => "Il y a plus de 100 images. Laissez-en certaines, et choisissez à nouveau.",
      noPicture: (file: string) =>
        `${quote(file)} n’est pas une image affichable. Enregistrez-la en PNG, JPEG, GIF, WebP ou AVIF.`,
      largePicture: (file: string) =>
        `${quote(file)} dépasse 10 Mo. Réduisez-la, et choisissez-la à nouveau.`,
      pictureName: (file: string) =>
        `${quote(file)} ne peut pas s’appeler ainsi. Renommez-la, sur place et dans le Markdown, avec seulement des lettres, des chiffres, « - », « _ » et « . ».`,
      otherFile: (title: string) =>
        `Ce n’est pas le fichier de ${quote(title)}. Choisissez celui-là, ou supprimez la présentation ci-dessous et apportez la nouvelle.`,
    },
    write: {
      open: "Écrire des diapos",
      close: "Pas maintenant",
      field: "Diapos, en Markdown",
      hint: "Trois tirets entre des lignes vides commencent la diapo suivante. Ce que vous écrivez est gardé dans ce navigateur jusqu’à la création de la présentation.",
      file: "Mes diapos.md",
      save: "Créer",
      example: `# Ma conférence

Qui je suis, et de quoi il s’agit

---

## Trois choses

- Un
- Deux
- Trois

Note: ceci n’est visible que par vous.

---

## Qu’en pensez-vous ?

\`\`\`revint-choice opinion
Êtes-vous d’accord ?
- Oui
- Non
- Je ne sais pas encore
\`\`\`
`,
    },
  },
  open: "Regarder",
  openOf: (title: string) => `Regarder ${title}`,
  rename: "Renommer…",
  renameOf: (title: string) => `Renommer ${title}`,
  renamed: "La présentation a un nouveau titre.",
  edit: { title: "Renommer la présentation", field: "Titre" },
  remove: "Supprimer…",
  removeOf: (title: string) => `Supprimer ${title}`,
  ask: {
    title: (title: string) => `Supprimer « ${title} » ?`,
    text: "La présentation et ses images disparaissent définitivement. Les conférences qui la montrent continuent sans présentation.",
    confirm: "Supprimer la présentation",
  },
  removed: (title: string) => `« ${title} » est supprimée.`,
} as const;
