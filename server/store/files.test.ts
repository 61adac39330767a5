import { describe, expect, it } from 'vitest';
import { DatabaseFileError, SecretKeyError } from './errors';
import { privateFile } from './files';
import { loadKey } from './secrets';

describe('a place where nothing can be written', () => {
  it('is told in a sentence with the path', () => {
    expect(() => privateFile('/dev/null/panel.db')).toThrow(DatabaseFileError);
    expect(() => privateFile('/dev/null/panel.db')).toThrow(/cannot write the database \/dev\/null\/panel\.db/);
    expect(() => loadKey('/proc/self/secret.key')).toThrow(SecretKeyError);
    expect(() => loadKey('/proc/self/secret.key')).toThrow(/cannot make the key file/);
  });
});
