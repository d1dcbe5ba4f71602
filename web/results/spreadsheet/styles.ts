import { SPREADSHEET, writeXml } from "./xml.ts";

/** How a cell looks: its place in `cellXfs` below. */
export const STYLES = { plain: 0, heading: 1, time: 2, whole: 3, quoted: 4 } as const;

/** The first format that is free for our own. */
const TIME_FORMAT = 164;
/** `0`: a participant's number has 15 digits, and none of them is left out. */
const WHOLE_FORMAT = 1;

const writeStyle = (rest: string, format = 0, font = 0) =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0"${rest}/>`;

/** `xl/styles.xml`; a reader wants each of its lists, even where it holds nothing of note. */
export const STYLESHEET = writeXml(
  `<styleSheet xmlns="${SPREADSHEET}">`,
  `<numFmts count="1"><numFmt numFmtId="${TIME_FORMAT}" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts>`,
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="5">',
  writeStyle(""),
  writeStyle(' applyFont="1"', 0, 1),
  writeStyle(' applyNumberFormat="1"', TIME_FORMAT),
  writeStyle(' applyNumberFormat="1"', WHOLE_FORMAT),
  writeStyle(' quotePrefix="1"'),
  "</cellXfs>",
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  "</styleSheet>",
);
