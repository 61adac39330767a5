/** Text of callers, phones and browsers as it is written down: one line, of bounded length, the same when read back. */
export function oneLine(text: string): string {
  const line = text.replace(/\p{Cc}/gu, ' ').slice(0, 300);
  // By way of UTF-8: half a surrogate pair would come back from the database as something else.
  return Buffer.from(line).toString();
}
