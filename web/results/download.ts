import { toRevintError } from "../client/error.ts";

/** More reactions than this go straight to a file where the browser can do that; fewer fit into memory easily. */
export const IN_MEMORY = 250_000;

const NEWLINE = 10;

/** What some browsers have and TypeScript does not know: a file that is written while it comes in. */
interface SaveFilePicker {
  showSaveFilePicker(options: {
    suggestedName: string;
  }): Promise<{ createWritable(): Promise<WritableStream<Uint8Array>> }>;
}

const canPick = (value: object): value is SaveFilePicker => "showSaveFilePicker" in value;

export interface Download {
  readonly fileName: string;
  readonly type: string;
  /** About how many rows there will be. */
  readonly rows: number;
  open(): Promise<ReadableStream<Uint8Array>>;
  onProgress(rows: number): void;
}

/**
 * Saves a stream as a file. Not by a link to it: what lets in travels as headers, and a token never
 * stands in an address. Call it from a click, or no browser lets the user choose a place.
 * @returns false when the user thought better of it
 */
export async function saveDownload({ fileName, type, rows, open, onProgress }: Download): Promise<boolean> {
  const file = rows > IN_MEMORY && canPick(window) ? await pickFile(window, fileName) : undefined;
  if (file === null) return false;
  const counted = (await open()).pipeThrough(countRows(onProgress));
  try {
    if (file) await counted.pipeTo(file);
    else saveBlob(new Blob([await new Response(counted).blob()], { type }), fileName);
    return true;
  } catch (error) {
    throw toRevintError(error);
  }
}

/** `null`: the user closed the dialog. `undefined`: the browser does not let us. */
async function pickFile(picker: SaveFilePicker, suggestedName: string) {
  try {
    return await (await picker.showSaveFilePicker({ suggestedName })).createWritable();
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? null : undefined;
  }
}

function countRows(onProgress: (rows: number) => void): TransformStream<Uint8Array, Uint8Array> {
  let rows = 0;
  return new TransformStream({
    transform(chunk, controller) {
      for (const byte of chunk) if (byte === NEWLINE) rows++;
      onProgress(rows);
      controller.enqueue(chunk);
    },
  });
}

function saveBlob(blob: Blob, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The browser reads it after the click; a minute is enough even for a large one.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name that every file system takes: letters and digits of any script, at most 60 characters. */
export function nameFile(name: string, date: string, extension: string): string {
  const words = `${name} ${date}`.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  return `revint-${[...words.join("-").toLowerCase()].slice(0, 60).join("") || "results"}.${extension}`;
}
