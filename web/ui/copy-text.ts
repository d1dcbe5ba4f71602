/**
 * Copies a text. The clipboard is closed to pages without https, such as a laptop's in a hotel's network: then by the selection.
 * @param field holds the text, and is selected: where nothing else helps, people copy it themselves
 */
export async function copyText(text: string, field: HTMLInputElement | null): Promise<boolean> {
  field?.select();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
