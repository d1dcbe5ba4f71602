/**
 * The number that somebody has typed, as people write them: with a comma or a point, with blanks, points or commas between thousands.
 * `undefined`: it is none.
 * @param isWhole no fraction can be meant
 */
export function readNumber(text: string, isWhole: boolean): number | undefined {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/[\s'’_]/g, "")
    .replaceAll("−", "-")
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll("٫", ".")
    .replaceAll("٬", "");
  const number = toPlain(plain, isWhole);
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(number) && Number.isFinite(Number(number))
    ? Number(number)
    : undefined;
}

const THOUSANDS = /^[-+]?\d{1,3}([.,])\d{3}(\1\d{3})*$/;

function toPlain(text: string, isWhole: boolean): string {
  const [points, commas] = [text.split(".").length - 1, text.split(",").length - 1];
  // Where both stand, the last one is the one before the fraction.
  if (points > 0 && commas > 0) {
    return text.lastIndexOf(".") > text.lastIndexOf(",")
      ? text.replaceAll(",", "")
      : text.replaceAll(".", "").replace(",", ".");
  }
  if (THOUSANDS.test(text) && (isWhole || points + commas > 1)) return text.replaceAll(/[.,]/g, "");
  return text.replace(",", ".");
}
