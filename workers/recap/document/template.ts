import type { RecapSection } from "../../../shared/protocol/recap.ts";
import type { RecapMaterial } from "../material/material.ts";
import type { DraftStatement } from "./draft.ts";
import { writeActivity } from "./template/activity.ts";
import { Phrases } from "./template/phrases.ts";
import { writeQuestions } from "./template/questions.ts";
import { findOutstanding, writeSlide } from "./template/slide.ts";
import { writeTalk } from "./template/talk.ts";

/**
 * The sentences of a recap that no model writes: plain, true, and none where there is nothing to tell. They are checked as
 * a model's are.
 */
export function writeTemplate(material: RecapMaterial): DraftStatement[] {
  const phrases = new Phrases(material);
  const summary = material.sections.find((section) => section.type === "summary");
  const slides = material.sections.filter((section) => section.type === "slide");
  const outstanding = findOutstanding(slides, summary?.moments[0]?.page);
  const write = (section: RecapSection): DraftStatement[] => {
    switch (section.type) {
      case "summary":
        return writeTalk(section, material, phrases);
      case "slide":
        return writeSlide(section, outstanding, phrases);
      case "activity":
        return writeActivity(section, phrases);
      case "questions":
        return writeQuestions(section, phrases);
    }
  };
  return material.sections.flatMap(write);
}
