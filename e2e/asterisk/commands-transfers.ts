import type { Case } from './commands-office';
import { attendedTransfers } from './commands-transfers-attended';
import { blindTransfers } from './commands-transfers-blind';
import { placeTransfers } from './commands-transfers-places';

export const transfers: readonly Case[] = [...attendedTransfers, ...blindTransfers, ...placeTransfers];
