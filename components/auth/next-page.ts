/** Where to sign in, and to come back from to here. */
export function signInPage(here: { pathname: string; search: string; hash: string }): string {
  const next = `${here.pathname}${here.search}${here.hash}`;
  return next === '/' ? '/login/' : `/login/?next=${encodeURIComponent(next)}`;
}
