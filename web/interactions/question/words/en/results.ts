import { plural } from "../../../../words/en/plural.ts";

/** What the results say of questions from the audience. */
export const results = {
  title: "What the room asked",
  figure: "Asked by the room",
  sort: "Order",
  sorts: { votes: "By votes", asked: "As they were asked" },
  votes: (count: number) => (count === 1 ? "vote" : "votes"),
  status: {
    published: "not answered",
    answered: "answered",
    pending: "not published",
    hidden: "hidden",
  },
  merged: "merged into another one",
  unseen: (count: number) => `${plural(count, "question", "questions")} that the room did not see`,
} as const;
