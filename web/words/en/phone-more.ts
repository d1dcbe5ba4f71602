/** What few people use on the phone page: loaded when somebody opens it. */
export const phoneMore = {
  awake: {
    on: "Keep the screen on",
    refused:
      "Not on: your phone refuses it for now, as it does when its battery is low. It is tried again whenever you come back to this page.",
  },
  link: {
    label: "Link to join",
    share: "Share the link",
    shared: "Shared.",
    copy: "Copy the link",
    copied: "Copied.",
    notCopied: "Copying is not possible here: it is selected, copy it yourself.",
  },
} as const;
