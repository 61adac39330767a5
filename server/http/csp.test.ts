import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, inlineScriptHashes } from './csp';

const hashOf = (body: string) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`;

describe('hashes of inline scripts', () => {
  it('cover every script that runs, whatever its spelling', () => {
    const html = `<script>one()</script><SCRIPT
      id="x" type="module">two("<script>")</SCRIPT ><script nomodule>three()
      </script><script>one()</script>`;
    expect(inlineScriptHashes(html)).toEqual([hashOf('one()'), hashOf('two("<script>")'), hashOf('three()\n      ')]);
  });

  it('leave out what is loaded or only data', () => {
    expect(inlineScriptHashes('<script src="/a.js"></script><script type="application/json">{"a":1}</script>')).toEqual(
      [],
    );
  });

  it('make a policy without unsafe scripts', () => {
    expect(contentSecurityPolicy([hashOf('x')])).toMatch(/script-src 'self' 'sha256-[^']+'; style-src/);
  });
});
