/** Pages that one is not sent back to: they lead to signing in themselves. */
const doors = /^\/(login|setup)(\/|$)/;

/** The page to go on to after signing in: `wanted` when it is a page of this panel, else the panel itself. */
export function nextPage(wanted: string | null, origin: string): string {
  if (!wanted || !URL.canParse(wanted, origin)) return '/';
  const url = new URL(wanted, origin);
  if (url.origin !== origin || doors.test(url.pathname) || url.pathname.startsWith('/api/')) return '/';
  // A path that begins with two slashes would be read as another host.
  const path = url.pathname.replace(/^\/{2,}/, '/');
  return `${path}${url.search}${url.hash}`;
}
