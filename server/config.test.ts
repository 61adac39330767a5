import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config';

function failure(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return String(error);
  }
  throw new Error('it was accepted');
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({}, '/srv/panel')).toEqual({
      port: 3000,
      host: '0.0.0.0',
      databaseFile: '/srv/panel/data/panel.db',
      amiUrl: undefined,
      adminPassword: undefined,
      key: undefined,
      logLevel: 'info',
      publicUrl: undefined,
      trustProxy: false,
      dev: false,
    });
  });

  it('believes proxies it can tell, and names one it cannot', () => {
    expect(readConfig({ TRUST_PROXY: 'true' }).trustProxy).toBe(true);
    expect(readConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy).toBe('loopback, 10.0.0.0/8');
    for (const wrong of ['1', 'nginx', '10.0.0.0/40', '127.0.0.1,']) {
      expect(failure({ TRUST_PROXY: wrong })).toContain('TRUST_PROXY must be true, false, or addresses');
    }
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', AMI_URL: '', ADMIN_PASSWORD: '' })).toEqual(readConfig({}));
  });

  it('reads addresses and proxies', () => {
    const config = readConfig({
      PUBLIC_URL: 'https://panel.example.com/x',
      TRUST_PROXY: 'loopback, 10.0.0.0/8',
      PORT: '8080',
    });
    expect(config).toMatchObject({
      publicUrl: 'https://panel.example.com',
      trustProxy: 'loopback, 10.0.0.0/8',
      port: 8080,
    });
    expect(readConfig({ TRUST_PROXY: 'true' }).trustProxy).toBe(true);
  });

  it('names every variable at fault, and shows no secret', () => {
    const message = failure({
      PORT: 'eighty',
      AMI_URL: 'http://panel:hunter2@pbx',
      ADMIN_PASSWORD: 'hunter3',
      CORDBOARD_KEY: 'hunter4',
      DATABASE_URL: 'postgres://u:hunter5@db',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'panel',
    });
    for (const name of [
      'PORT',
      'AMI_URL',
      'ADMIN_PASSWORD',
      'CORDBOARD_KEY',
      'DATABASE_URL',
      'LOG_LEVEL',
      'PUBLIC_URL',
    ]) {
      expect(message).toContain(`\n  ${name} `);
    }
    expect(message).not.toContain('hunter');
  });
});
