'use client';

import type { TokenRecord } from '@/server/protocol/account';
import { agoText, momentText } from '../../live/clock-text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { leftText, stateOf } from './expiry';
import { scopeWords } from './scope-words';

interface TokenTableProps {
  readonly tokens: readonly TokenRecord[];
  readonly now: number;
  readonly onRevoke: (token: TokenRecord) => void;
}

const head = 'h-9 whitespace-nowrap px-3 text-left text-xs font-medium text-ink-2';
const cell = 'px-3 py-2.5 align-top';

export function TokenTable({ tokens, now, onRevoke }: TokenTableProps) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">API tokens, the newest first</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={head}>
            Name
          </th>
          <th scope="col" className={`${head} max-md:hidden`}>
            It may
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Last used
          </th>
          <th scope="col" className={head}>
            State
          </th>
          <th scope="col" className={head}>
            <span className="sr-only">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id} className="border-b border-line last:border-0">
            <th scope="row" className={`${cell} w-full max-w-0 text-left font-normal`}>
              <span className="block truncate font-medium text-ink">{token.name}</span>
              <span className="block text-xs text-ink-2">
                made {momentText(Date.parse(token.createdAt), now)}
                <span className="md:hidden"> · {scopesText(token)}</span>
              </span>
            </th>
            <td className={`${cell} min-w-56 text-ink-2 max-md:hidden`}>{scopesText(token)}</td>
            <td className={`${cell} whitespace-nowrap text-ink-2 max-sm:hidden`}>
              <LastUsed at={token.lastUsedAt} now={now} />
            </td>
            <td className={`${cell} whitespace-nowrap`}>
              <State token={token} now={now} />
            </td>
            <td className={`${cell} text-right`}>
              {token.revokedAt === null ? (
                <Button size="small" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
                  Revoke
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function scopesText({ scopes }: TokenRecord): string {
  return scopes.map((scope) => scopeWords[scope].title).join(', ') || 'Nothing';
}

function LastUsed({ at, now }: { readonly at: string | null; readonly now: number }) {
  if (at === null) return <span className="text-ink-3">Never</span>;
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={momentText(time, now)}>
      {now - time < 90_000 ? 'Just now' : `${agoText(time, now)} ago`}
    </time>
  );
}

function State({ token, now }: { readonly token: TokenRecord; readonly now: number }) {
  const { expiresAt } = token;
  switch (stateOf(token, now)) {
    case 'revoked':
      return <Badge tone="danger">Revoked</Badge>;
    case 'expired':
      return <Badge tone="danger">Expired</Badge>;
    case 'soon':
      return <Badge tone="warn">Expires {leftText(expiresAt ?? '', now)}</Badge>;
    default:
      return (
        <>
          <Badge tone="good">Works</Badge>
          <span className="block text-xs text-ink-2">
            {expiresAt === null ? 'until revoked' : `ends ${leftText(expiresAt, now)}`}
          </span>
        </>
      );
  }
}
