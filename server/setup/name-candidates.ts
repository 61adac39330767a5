/** What stands in brackets behind names and is no department. */
const devices =
  /^(mobile|cell|gsm|handy|home|homeoffice|home office|dect|softphone|soft phone|desk|deskphone|wifi|wlan|ext|extension|app|laptop|pc|web|webrtc|test|old|new|spare|private|fax|intern|phone|\d+)$/i;

/**
 * The parts of a person's name that may be a department: in brackets, on either side of a dash, slash, bar or colon, behind a
 * comma, or before a number at the end (`Sales 1`).
 */
export function nameCandidates(name: string): string[] {
  const text = name.trim().replace(/\s+/g, ' ');
  const parts: string[] = [];
  const brackets = /^(.+?)\s*[([{]([^)\]}]+)[)\]}]$/.exec(text);
  if (brackets?.[2] !== undefined) parts.push(brackets[2]);
  const sides = /^(.+?)\s+[-–—|/]\s+(.+)$/.exec(text) ?? /^([^:]+):\s+(.+)$/.exec(text);
  if (sides?.[1] !== undefined && sides[2] !== undefined) parts.push(sides[2], sides[1]);
  const comma = /^[^,]+,\s*([^,]+)$/.exec(text);
  if (comma?.[1] !== undefined) parts.push(comma[1]);
  const counted = /^(\D{3,}?)\s*#?\d{1,3}$/.exec(text);
  if (counted?.[1] !== undefined) parts.push(counted[1]);
  return [...new Set(parts.map((part) => part.trim()))].filter((part) => part.length >= 2 && !devices.test(part));
}
