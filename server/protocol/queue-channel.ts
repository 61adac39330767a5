/** How an extension is added to a queue, as an administrator writes it: free of zod, for the browser as well. */

export interface QueueChannel {
  readonly interface: string;
  readonly stateInterface: string | null;
  readonly name: string | null;
  readonly penalty: number | null;
}

/** A device, or a Local channel into the dialplan: no list (`&`) and no separator of the dialplan. */
const memberInterface =
  /^(?:Local\/[0-9A-Za-z*#+._-]{1,40}@[A-Za-z0-9_.-]{1,79}(?:\/n)?|[A-Za-z0-9]+\/[A-Za-z0-9@.:_+-]{1,80})$/;
const stateInterface = /^(?:hint:[0-9A-Za-z*#+._-]{1,40}@[A-Za-z0-9_.-]{1,79}|[A-Za-z0-9]+\/[A-Za-z0-9@.:_+-]{1,80})$/;
const memberName = /^[\p{L}\p{N} .'_-]{1,60}$/u;

/**
 * `Local/620@from-queue/n|Penalty=1|MemberName=Anna Berg|StateInterface=PJSIP/620`; the parts behind the interface in any
 * order, each at most once. A string is why it is none, as the end of a sentence.
 */
export function parseQueueChannel(text: string): QueueChannel | string {
  const [called = '', ...options] = text.split('|').map((part) => part.trim());
  if (!memberInterface.test(called)) return 'must begin with a channel such as Local/620@from-queue/n or PJSIP/620';
  const read: { -readonly [K in keyof QueueChannel]: QueueChannel[K] } = {
    interface: called,
    stateInterface: null,
    name: null,
    penalty: null,
  };
  const seen = new Set<string>();
  for (const option of options) {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(option) ?? [];
    const which = name.toLowerCase();
    if (seen.has(which)) return `has ${name} twice`;
    seen.add(which);
    const wrong = readOption(read, which, value.trim());
    if (wrong !== null) return wrong;
  }
  return read;
}

function readOption(into: { -readonly [K in keyof QueueChannel]: QueueChannel[K] }, which: string, value: string) {
  switch (which) {
    case 'penalty':
      if (!/^\d{1,4}$/.test(value) || Number(value) > 1_000) return 'has a Penalty that is no number up to 1,000';
      into.penalty = Number(value);
      return null;
    case 'membername':
      if (!memberName.test(value)) return "has a MemberName with other than letters, digits, spaces and . ' _ -";
      into.name = value;
      return null;
    case 'stateinterface':
      if (!stateInterface.test(value)) return 'has a StateInterface that is no device such as PJSIP/620';
      into.stateInterface = value;
      return null;
    default:
      return 'may only have Penalty=, MemberName= and StateInterface= behind the channel, divided by |';
  }
}
