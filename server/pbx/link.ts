import type { PbxRecord } from '../protocol/records';
import type { LinkEvent } from './events';
import type { World } from './facts';
import { noFeatures } from './features';
import { iso } from './ids';
import { put } from './publish';

/** The link to the PBX. SPEC L1–L3. */

/** The record of a PBX nobody has heard of yet. */
export function newPbx(id: string, name: string, demo: boolean): PbxRecord {
  return {
    id,
    name,
    link: 'down',
    since: iso(0),
    asteriskVersion: null,
    problem: null,
    demo,
    missing: [],
    features: noFeatures,
    outsideStopped: null,
  };
}

/** Nothing but this record changes with the link: what was known stays, as it was at `since`. */
export function reduceLink(world: World, id: string, event: LinkEvent): void {
  const old = world.maps.pbx.get(id);
  if (!old) return;
  put(world, 'pbx', id, {
    id,
    name: event.name ?? old.name,
    link: event.link,
    since: event.link === old.link && old.since !== iso(0) ? old.since : iso(world.now),
    asteriskVersion: event.asteriskVersion === undefined ? old.asteriskVersion : event.asteriskVersion,
    problem: event.problem === undefined ? (event.link === 'up' ? null : old.problem) : event.problem,
    demo: event.demo ?? old.demo,
    missing: event.missing === undefined ? old.missing : [...event.missing],
    features: old.features,
    outsideStopped: old.outsideStopped,
  });
}

/** The panic switch, as the panel keeps it: the PBX knows nothing of it. */
export function reduceOutside(world: World, id: string, stopped: PbxRecord['outsideStopped']): void {
  const old = world.maps.pbx.get(id);
  if (old) put(world, 'pbx', id, { ...old, outsideStopped: stopped });
}
