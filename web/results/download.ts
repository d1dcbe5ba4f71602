import { toRevintError } from "../client/error.ts";
import { saveBlob } from "../ui/save-blob.ts";
import { type ExportSource, readExport } from "./export-reader.ts";

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
}

/**
 * Saves an export as a file. Not by a link to it: what lets in travels as headers, and a token never
 * stands in an address. Call it from a click, or no browser lets the user choose a place.
 * @returns false when the user thought better of it
 */
export async function saveDownload({ fileName, type, rows, ...source }: Download): Promise<boolean> {
  const file = rows > IN_MEMORY && canPick(window) ? await pickFile(window, fileName) : undefined;
  if (file === null) return false;
  const chunks = readExport(source);
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

/** `ReadableStream.from`, which not every browser has. */
const toStream = (chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await chunks.return(undefined)),
  });

/** A name that every file system takes: letters and digits of any script, at most 60 characters. */
export function nameFile(name: string, date: string, extension: string): string {
  const words = `${name} ${date}`.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  return `revint-${[...words.join("-").toLowerCase()].slice(0, 60).join("") || "results"}.${extension}`;
}
