import type { SavedAccess } from '../protocol/access';
import type { PbxSettings } from '../protocol/admin';
import type { ButtonRecord } from '../protocol/buttons';
import type { SavedRecording } from '../protocol/recording';
import type { StoredUser } from '../store/users';

export type OfficeUser = Pick<
  StoredUser,
  'id' | 'username' | 'name' | 'role' | 'grants' | 'sees' | 'extension' | 'email' | 'version'
>;

/** What there is when the files are looked at. */
export interface Office {
  readonly access: SavedAccess;
  readonly users: readonly OfficeUser[];
  readonly buttons: readonly ButtonRecord[];
  /** All devices of the extensions that the PBX has. */
  readonly devices: readonly { readonly number: string; readonly devices: readonly string[] }[];
  readonly recording: SavedRecording;
  readonly connection: PbxSettings;
}
