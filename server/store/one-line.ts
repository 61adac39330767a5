/** Text of callers, phones and browsers as it is written down: one line, of bounded length. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, 300);
}
