import type { Actor } from './commands/actor';
import { modelPortOf } from './commands/model-port';
import { reaches } from './commands/reach';
import { seenBy } from './commands/sight';
import { viewLists } from './live/audiences';
import { audienceOf, viewerOf } from './live/privacy';
import type { PbxModel } from './pbx/model';
import type { Rights } from './protocol/access';
import type { AccessPreview, PreviewRight, Shown } from './protocol/access-answers';
import type { Limit } from './protocol/groups';
import { permissionWords } from './protocol/permission-words';
import { type Permission, permission, wholeOf } from './protocol/permissions';
import type { SnapshotLists } from './protocol/state';

const mostNamed = 12;

interface Named {
  readonly key: string;
  readonly words: string;
}

/** What somebody with these rights sees and may do, asked of what enforces it: the eye of their stream, and the reach of commands. */
export function previewAccess(rights: Rights, extension: string | null, model: PbxModel): AccessPreview {
  const actor: Actor = { ...{ kind: 'user', id: '', name: '', session: '', address: '' }, ...rights, extension };
  const pbx = { maps: model.maps, findExtensionByDevice: (device: string) => model.findExtensionByDevice(device) };
  const everything = namesIn(model.lists());
  const eye = audienceOf(viewerOf(actor), pbx).open?.() ?? null;
  const seen = eye === null ? everything : shownIn(everything, namesIn(viewLists(eye, model.lists())));
  const port = seenBy(actor, modelPortOf(model));
  const held = new Set(rights.permissions);
  const wholes = new Set(rights.permissions.filter((name) => rights.limits[name] === undefined));
  const rightOf = (name: Permission): PreviewRight => {
    const limit = rights.limits[name];
    const own = wholeOf[name] !== undefined && name !== 'queueagent';
    const extensions = seen.extensions.filter(({ key }) => {
      if (limit === undefined && !own) return true;
      return reaches(own ? null : (limit ?? null), { kind: 'extension', number: key }, actor, port) === true;
    });
    const queues = own ? [] : seen.queues.filter(({ key }) => limit === undefined || reachesQueue(key, limit));
    const reach = own || limit?.groups.length === 0 ? 'self' : limit === undefined ? 'everybody' : 'groups';
    const shown = {
      extensions: shownOf(extensions, everything.extensions),
      queues: shownOf(queues, everything.queues),
    };
    return { permission: name, words: wordsOf(name), reach, ...shown };
  };
  const reachesQueue = (queue: string, limit: Limit): boolean =>
    reaches(limit, { kind: 'member', queue, extension: '' }, { extension: null }, port) === true;
  return {
    everything: rights.sees === undefined,
    sees: {
      extensions: shownOf(seen.extensions, everything.extensions),
      queues: shownOf(seen.queues, everything.queues),
      conferences: shownOf(seen.conferences, everything.conferences),
      parking: shownOf(seen.parking, everything.parking),
      trunks: shownOf(seen.trunks, everything.trunks),
    },
    can: permission.options.filter((name) => held.has(name) && !isPart(name, wholes)).map(rightOf),
    cannot: permission.options
      .filter((name) => !held.has(name) && !isPart(name, held))
      .map((name) => ({ permission: name, words: wordsOf(name) })),
  };
}

/** Who may do it for everybody may do it for themselves. */
function isPart(name: Permission, held: ReadonlySet<Permission>): boolean {
  const whole = wholeOf[name];
  return whole !== undefined && held.has(whole);
}

function wordsOf(name: Permission): string {
  return name === 'admin' ? 'Administration' : permissionWords[name].name;
}

const inOrder = new Intl.Collator('en', { numeric: true });

type Names = Readonly<Record<'extensions' | 'queues' | 'conferences' | 'parking' | 'trunks', readonly Named[]>>;

function namesIn(lists: SnapshotLists): Names {
  const plain = (key: string, label: string): Named => ({ key, words: label === key ? key : `${label} (${key})` });
  const sorted = (names: Named[]): Named[] => names.sort((a, b) => inOrder.compare(a.words, b.words));
  return {
    extensions: sorted(lists.extensions.map(({ number, name }) => plain(number, name || number))),
    queues: sorted(lists.queues.map(({ name, label }) => plain(name, label))),
    conferences: sorted(lists.conferences.map(({ name, label }) => plain(name, label))),
    parking: sorted(lists.parking.map(({ lot, label }) => plain(lot, label))),
    trunks: sorted(lists.trunks.map(({ name, label }) => plain(name, label))),
  };
}

/** Those of all that are seen, by their whole names. */
function shownIn(all: Names, seen: Names): Names {
  const of = (kind: keyof Names): readonly Named[] => {
    const keys = new Set(seen[kind].map(({ key }) => key));
    return all[kind].filter(({ key }) => keys.has(key));
  };
  return {
    extensions: of('extensions'),
    queues: of('queues'),
    conferences: of('conferences'),
    parking: of('parking'),
    trunks: of('trunks'),
  };
}

function shownOf(some: readonly Named[], all: readonly Named[]): Shown {
  return { count: some.length, of: all.length, first: some.slice(0, mostNamed).map(({ words }) => words) };
}
