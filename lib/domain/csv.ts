/** A byte order mark: spreadsheets take what begins with it for UTF-8. */
export const CSV_START = '\ufeff'

/** One line of a table (RFC 4180), its end included. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

/**
 * What a spreadsheet would run, whoever wrote it: a cell that begins like a formula, also behind quotes or blanks, which
 * some readers take off; and what follows a semicolon, a tab or a line’s end, where one that splits lines there sees
 * another cell. Spreadsheets in French split at semicolons.
 */
const FORMULA = /(^|[;\t\r\n])([\s"'\u200b\ufeff]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g
/** Taken for the beginning of a formula by themselves. */
const CONTROL = /^[\t\r\n]/

function cell(text: string): string {
  const apart = text.replace(FORMULA, "$1$2'")
  const safe = CONTROL.test(apart) ? `'${apart}` : apart
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
