import { type PbxSettings, pbxSettings, pbxSettingsBody } from '@/server/protocol/admin';
import { call } from '../../auth/api';
import { useForm } from '../use-form';
import { bodyOf, secretProblem, valuesOf } from './pbx-values';

/** How the panel connects to its PBX, to be edited and saved; `done`: it was, and the panel connects anew. */
export function useConnectionForm(settings: PbxSettings, done: (saved: PbxSettings) => void) {
  return useForm({
    initial: valuesOf(settings),
    schema: pbxSettingsBody,
    body: (values) => bodyOf(values, settings.version),
    check: (values) => {
      const secret = secretProblem(values, settings);
      return secret === null ? {} : { secret };
    },
    send: (body) => call(pbxSettings, 'admin/pbx', { method: 'PUT', body }),
    done,
  });
}
