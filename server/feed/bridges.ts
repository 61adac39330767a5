import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { bridgeInfo, channelSnapshot } from './snapshots';
import { text } from './values';

/** BridgeCreate, BridgeDestroy, BridgeEnter, BridgeLeave, BridgeMerge (main/manager_bridges.c). */
export function bridgeEvents(message: AmiMessage, at: number): PbxEvent[] {
  if (message.name === 'BridgeMerge') {
    const into = text(message, 'ToBridgeUniqueid');
    const from = text(message, 'FromBridgeUniqueid');
    return into === '' || from === '' ? [] : [{ type: 'bridge.merge', at, into, from }];
  }
  const bridge = bridgeInfo(message);
  if (bridge === null) return [];
  if (message.name === 'BridgeCreate') return [{ type: 'bridge', at, bridge }];
  if (message.name === 'BridgeDestroy') return [{ type: 'bridge.gone', at, bridgeId: bridge.id }];
  const channel = channelSnapshot(message);
  if (channel === null) return [];
  if (message.name === 'BridgeLeave') return [{ type: 'bridge.leave', at, bridgeId: bridge.id, channel }];
  return [{ type: 'bridge.enter', at, bridge, channel, swapWith: text(message, 'SwapUniqueid') || null }];
}
