const most = 10;

/** The messages with `message` in front, each once; nothing new for an empty one. */
export function remembered(recent: readonly string[], message: string): string[] {
  if (!message) return [...recent];
  return [message, ...recent.filter((other) => other !== message)].slice(0, most);
}
