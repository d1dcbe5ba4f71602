/** Has the browser keep it as a file. */
export function saveBlob(blob: Blob, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The browser reads it after the click; a minute is enough even for a large one.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
