import type { RecapDocument, RecapEdit } from "../../shared/protocol/recap.ts";
import { ProblemError } from "../lib/problem-error.ts";
import type { DraftStatement } from "./document/draft.ts";
import type { GatheredMaterial, RecapMaterial } from "./material/material.ts";
import type { ModelError, ModelUsage } from "./model/model-error.ts";
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
  /** Undefined: there is no model, and the template's recap is the recap. */
  readonly writeByModel: ((material: RecapMaterial, options: WritingOptions) => Promise<Writing>) | undefined;
}

export type { ModelError, ModelUsage };

const missing = (): never => {
  throw new ProblemError("unavailable", "no recaps are made yet", { retryAfter: 60 });
};

/** The material, the template and the page are not there yet: nothing is made, and nothing half made. */
export function createParts(env: RecapEnv): RecapParts {
  const settings = readModelSettings(env);
  return {
    gather: async () => missing(),
    writeTemplate: missing,
    checkStatement: missing,
    createDocument: missing,
    applyEdit: missing,
    renderPage: missing,
    writeByModel: settings && ((material, options) => writeByModel(material, settings, options)),
  };
}
