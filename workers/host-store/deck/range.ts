/** Bytes of a file, from `offset` on. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * What a `Range` header asks for of a file of so many bytes (RFC 9110, 14.2): one range; several, or what can't be read,
 * count as none.
 * @returns undefined for the whole file
 */
export function readRange(
  header: string | undefined,
  size: number,
): ByteRange | "not satisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "not satisfiable" : { offset: size - length, length };
  }
  const offset = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < offset) return undefined;
  return offset >= size ? "not satisfiable" : { offset, length: end - offset + 1 };
}
