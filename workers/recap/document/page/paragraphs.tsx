/** @jsxImportSource hono/jsx */
import type { RecapStatement } from "../../../../shared/protocol/recap.ts";

/** What was written for a section. */
export const Paragraphs = ({ text }: { readonly text: readonly RecapStatement[] }) => (
  <>
    {text.map((statement) => (
      <p class="text" dir="auto">
        {statement.text}
      </p>
    ))}
  </>
);
