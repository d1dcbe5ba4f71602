/** Sizes of what stands there, as parts of its own: the first at which all of it fits is taken. */
const SIZES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3];

/**
 * Keeps what is in a column as large as fits into it, whatever changes: nothing scrolls in a stream. The returned function
 * stops it.
 */
export function keepFitting(column: HTMLElement): () => void {
  const fit = () => {
    SIZES.some((size) => {
      column.style.setProperty("--fit", `${size}`);
      return column.scrollHeight <= column.clientHeight;
    });
  };
  const sizes = new ResizeObserver(fit);
  for (const element of [column, ...column.children]) sizes.observe(element);
  return () => sizes.disconnect();
}
