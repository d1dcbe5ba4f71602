import type { RecapDocument, RecapEdit } from "../../shared/protocol/recap.ts";
import { checkStatement } from "./document/check.ts";
import { applyEdit, createDocument } from "./document/document.ts";
import type { DraftStatement } from "./document/draft.ts";
import { renderPage } from "./document/page.tsx";
import { writeTemplate } from "./document/template.ts";
import { gather } from "./material/gather.ts";
import type { GatheredMaterial, RecapMaterial } from "./material/material.ts";
import { countAsking } from "./model/count-asking.ts";
import { createMeasuredWrite } from "./model/measured-write.ts";
import { readModelSettings } from "./model/settings.ts";
import { type Writing, type WritingOptions, writeByModel } from "./model/write.ts";

/** What the keeper of recaps has done by others: it knows when, in which order and how often, and nothing of any text. */
export interface RecapParts {
  /** @throws ProblemError `session_not_found`, `session_running`, `unavailable` */
  gather(session: string, requestId: string): Promise<GatheredMaterial>;
  writeTemplate(material: RecapMaterial): readonly DraftStatement[];
  /** Undefined: it is not true to the material. */
  checkStatement(statement: DraftStatement, material: RecapMaterial): DraftStatement | undefined;
  createDocument(
    material: RecapMaterial,
    statements: readonly DraftStatement[],
    more: { version: string; by: RecapDocument["by"] },
  ): RecapDocument;
  /** @throws ProblemError `invalid_request` */
  applyEdit(document: RecapDocument, edit: RecapEdit): RecapDocument;
  renderPage(document: RecapDocument): string;
  /** Before the model is asked. @throws ProblemError `rate_limited`, `unavailable` */
  countAsking(session: string): Promise<void>;
  /** Undefined: there is no model, and the template's recap is the recap. */
  readonly writeByModel: ((material: RecapMaterial, options: WritingOptions) => Promise<Writing>) | undefined;
}

/** The real ones: facts from the stores, sentences from template and model. */
export function createParts(env: RecapEnv): RecapParts {
  const settings = readModelSettings(env);
  return {
    gather: (session, requestId) => gather(env, session, requestId),
    writeTemplate,
    checkStatement,
    createDocument,
    applyEdit,
    renderPage,
    countAsking: (session) => countAsking(env, session),
    writeByModel:
      settings && createMeasuredWrite(env, (material, options) => writeByModel(material, settings, options)),
  };
}
