import { toRevintError } from "../client/error.ts";
import { saveBlob } from "../ui/save-blob.ts";
import { type ExportSource, readExport } from "./export-reader.ts";
import { toStream } from "./to-stream.ts";

/** More reactions than this go straight to a file where the browser can do that; fewer fit into memory easily. */
export const IN_MEMORY = 250_000;

/** What some browsers have and TypeScript does not know: a file that is written while it comes in. */
interface SaveFilePicker {
  showSaveFilePicker(options: {
    suggestedName: string;
  }): Promise<{ createWritable(): Promise<WritableStream<Uint8Array>> }>;
}

const canPick = (value: object): value is SaveFilePicker => "showSaveFilePicker" in value;

export interface Download extends ExportSource {
  readonly fileName: string;
  readonly type: string;
  /** About how many rows there will be. */
  readonly rows: number;
  /** Makes another kind of file of it, as it comes in. */
  convert?(chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/**
 * Saves an export as a file. Not by a link to it: what lets in travels as headers, and a token never
 * stands in an address. Call it from a click, or no browser lets the user choose a place.
 * @returns false when the user thought better of it
 */
export async function saveDownload({ fileName, type, rows, convert, ...source }: Download): Promise<boolean> {
  const file = rows > IN_MEMORY && canPick(window) ? await pickFile(window, fileName) : undefined;
  if (file === null) return false;
  const exported = readExport(source);
  const chunks = convert?.(exported) ?? exported;
  try {
    // A file that is not written to its end is thrown away with all that was in it.
    if (file) await toStream(chunks).pipeTo(file);
    else saveBlob(new Blob(await collect(chunks), { type }), fileName);
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

/** As blobs, which a browser may keep on disk; and not by a Response, which would hide why a stream failed. */
async function collect(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Blob[]> {
  const blobs: Blob[] = [];
  for await (const chunk of chunks) blobs.push(new Blob([chunk]));
  return blobs;
}

/** A name that every file system takes: letters and digits of any script, at most 60 characters. */
export function nameFile(name: string, date: string, extension: string): string {
  const words = `${name} ${date}`.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  return `revint-${[...words.join("-").toLowerCase()].slice(0, 60).join("") || "results"}.${extension}`;
}
