import type { AmiMessage, AmiPort } from '../ami/types';
import type { ExtensionRecord, QueueRecord } from '../protocol/records';
import type { PersonFacts } from './guess-departments';

/** What the PBX says of mailboxes and accounts, which the panel does not keep. */
export interface Books {
  /** By number of the mailbox. */
  readonly mailboxes: ReadonlyMap<string, { readonly context: string; readonly email: string }>;
  /** By endpoint. */
  readonly endpoints: ReadonlyMap<string, Pick<PersonFacts, 'accountCode' | 'pickupGroup' | 'context'>>;
}

/** Each is a question of its own to the PBX: beyond so many accounts the other signs have to do. */
const mostEndpoints = 400;
const atOnce = 4;
const patienceMs = 10_000;

/** Asks the PBX. What the account may not read, and what fails, is left out. */
export async function readBooks(ami: AmiPort, extensions: readonly ExtensionRecord[]): Promise<Books> {
  const mailboxes = new Map<string, { context: string; email: string }>();
  try {
    for await (const item of ami.list('VoicemailUsersList', {}, { timeoutMs: patienceMs })) {
      const box = item.get('VoiceMailbox') ?? '';
      if (box !== '') mailboxes.set(box, { context: item.get('VMContext') ?? '', email: item.get('Email') ?? '' });
    }
  } catch {
    // Without voicemail there are other signs.
  }
  return { mailboxes, endpoints: await readEndpoints(ami, extensions) };
}

async function readEndpoints(ami: AmiPort, extensions: readonly ExtensionRecord[]) {
  const endpoints = new Map<string, Pick<PersonFacts, 'accountCode' | 'pickupGroup' | 'context'>>();
  const names = extensions.flatMap(({ device }) =>
    device.startsWith('PJSIP/') ? [device.slice('PJSIP/'.length)] : [],
  );
  if (names.length > mostEndpoints) return endpoints;
  const open = [...names];
  let refused = false;
  const worker = async (): Promise<void> => {
    for (let name = open.shift(); name !== undefined && !refused; name = open.shift()) {
      try {
        for await (const item of ami.list('PJSIPShowEndpoint', { Endpoint: name }, { timeoutMs: patienceMs }))
          if (item.name === 'EndpointDetail') endpoints.set(name, detailOf(item));
      } catch {
        // Refused for one, refused for all.
        refused = endpoints.size === 0;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return endpoints;
}

function detailOf(item: AmiMessage): Pick<PersonFacts, 'accountCode' | 'pickupGroup' | 'context'> {
  const text = (header: string): string => item.get(header)?.trim() ?? '';
  const pickup = text('NamedPickupGroup') || text('PickupGroup');
  return { accountCode: text('Accountcode'), pickupGroup: pickup, context: text('Context') };
}

export function factsOf(
  extension: ExtensionRecord,
  { mailboxes, endpoints }: Books,
  queues: Iterable<QueueRecord>,
): PersonFacts {
  const { number, name, device, context, group } = extension;
  const endpoint = endpoints.get(device.replace(/^PJSIP\//, ''));
  return {
    number,
    name: name === number ? '' : name,
    department: group ?? '',
    accountCode: endpoint?.accountCode ?? '',
    voicemail: mailboxes.get(number)?.context ?? extension.mailbox?.split('@')[1] ?? '',
    pickupGroup: endpoint?.pickupGroup ?? '',
    context: endpoint?.context || context,
    queues: [...queues].flatMap(({ label, members }) =>
      members.some(({ extension: own }) => own === number) ? [label] : [],
    ),
  };
}
