/* As much of Markdown as the description has: paragraphs, `code` and **what matters**. */

const MARK = /(`[^`]+`|\*\*[^*]+\*\*)/;

export function Prose({ text }: { text: string }) {
  return (
    <>
      {text.split("\n\n").map((paragraph) => (
        <p>
          <Marked text={paragraph} />
        </p>
      ))}
    </>
  );
}

export function Marked({ text }: { text: string }) {
  return (
    <>
      {text.split(MARK).map((part) => {
        if (part.startsWith("`")) return <code>{part.slice(1, -1)}</code>;
        return part.startsWith("**") ? <strong>{part.slice(2, -2)}</strong> : part;
      })}
    </>
  );
}
