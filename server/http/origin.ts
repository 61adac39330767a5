export interface OriginOptions {
  /** PUBLIC_URL's origin. */
  readonly publicUrl: string | undefined;
}

/** Answers whether a page of `origin` may talk to the panel that was addressed as `host`. */
export type OriginAllowed = (origin: string | undefined, host: string | undefined) => boolean;

/**
 * Browsers say where a page comes from; programs do not (undefined) and bring their own credentials, so they pass.
 * A page must be of the panel itself: the host it was asked at, or PUBLIC_URL.
 */
export function createOriginCheck({ publicUrl }: OriginOptions): OriginAllowed {
  return (origin, host) => {
    if (origin === undefined) return true;
    if (publicUrl !== undefined && origin === publicUrl) return true;
    const from = URL.canParse(origin) ? new URL(origin) : null;
    if (!from || !/^https?:$/.test(from.protocol) || host === undefined) return false;
    return from.host === normalHost(host, from.protocol);
  };
}

/** As URL writes it: lower case, without the scheme's own port. */
function normalHost(host: string, protocol: string): string | null {
  const address = `${protocol}//${host}`;
  return URL.canParse(address) ? new URL(address).host : null;
}
