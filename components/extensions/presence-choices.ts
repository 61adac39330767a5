'use client';

import { createContext } from 'react';
import type { PresenceChoice } from '@/server/protocol/records';

/** The administrator's presence states: worked out once for all tiles. */
export const PresenceChoices = createContext<readonly PresenceChoice[]>([]);
