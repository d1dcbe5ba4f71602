/** The namespaces of ECMA-376, in the edition that every spreadsheet reads ("transitional"). */
export const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
export const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
export const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** One part of a workbook. */
export const writeXml = (...parts: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${parts.join("")}`;
