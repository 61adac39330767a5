import type { TokenScope } from '@/server/protocol/permissions';

/** What each scope of a token lets a program do, in words. */
export const scopeWords: Readonly<Record<TokenScope, { readonly title: string; readonly about: string }>> = {
  'state:read': {
    title: 'Read the state',
    about: 'Who is on the phone, queues, parked calls, callers’ numbers, once or live; the call history, metrics.',
  },
  events: {
    title: 'Follow events',
    about: 'Nothing by itself: a program that reads the state hears every change, too.',
  },
  commands: {
    title: 'Act',
    about: 'Dial, transfer, hang up, set availability: all that a supervisor may. Number rules hold for it, too.',
  },
  dfks: {
    title: 'OpenSIPS feature sync',
    about:
      'Phones behind OpenSIPS report do-not-disturb and forwarding with it. Give it to OpenSIPS alone, and nothing else.',
  },
  admin: {
    title: 'Administer',
    about: 'Everything on these pages, users and other tokens included. Rarely needed: guard it like a password.',
  },
};
