/** What few people use on the phone page: loaded when somebody opens it. */
export const phoneMore = {
  awake: {
    on: "Bildschirm anlassen",
    refused:
      "Nicht an: Das Handy lässt es gerade nicht zu, etwa wegen eines leeren Akkus. Beim nächsten Besuch dieser Seite wird es noch einmal versucht.",
  },
  link: {
    label: "Link zum Mitmachen",
    share: "Link teilen",
    shared: "Geteilt.",
    copy: "Link kopieren",
    copied: "Kopiert.",
    notCopied: "Kopieren geht hier nicht: Der Link ist markiert, bitte selbst kopieren.",
  },
} as const;
