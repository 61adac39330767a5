/** Whether this name of a machine means the machine itself, on every machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === '[::1]' || /^(?:.+\.)?localhost$/i.test(hostname) || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
