import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PbxLink, type Target } from './link';
import { PbxModel } from './pbx/model';

interface Listener {
  readonly server: Server;
  readonly open: Set<Socket>;
  readonly target: Target;
}

const started: Server[] = [];
const silent = { debug() {}, info() {}, warn() {} };

afterEach(() => {
  for (const server of started.splice(0)) server.close();
});

/** Accepts and says nothing: a session stays connected to it. */
async function listener(name: string): Promise<Listener> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
  });
  started.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const connect = { host: '127.0.0.1', port, username: 'panel', secret: 'secret' };
  return { server, open, target: { connect, name, demo: false } };
}

describe('switching between PBXs', () => {
  it('leaves one session, to the last one asked for, when two switches come at once', async () => {
    const [one, two, three] = await Promise.all(['one', 'two', 'three'].map(listener));
    if (!one || !two || !three) throw new Error('no listeners');
    const link = new PbxLink({ emit: () => undefined, log: silent });
    await link.connect(one.target);
    await Promise.all([link.connect(two.target), link.connect(three.target)]);
    expect(link.target?.name).toBe('three');
    await expect.poll(() => [one.open.size, two.open.size, three.open.size]).toEqual([0, 0, 1]);
    await link.close();
    await expect.poll(() => three.open.size).toBe(0);
    expect(link.ami).toBeNull();
  });

  it('keeps nothing of the PBX before, its version neither', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map(listener));
    if (!one || !two) throw new Error('no listeners');
    const model = new PbxModel();
    const link = new PbxLink({ emit: (event) => model.reduce(event), log: silent });
    await link.connect(one.target);
    model.reduce({ type: 'link', at: 1, link: 'up', asteriskVersion: '22.10.1' });
    await link.connect(two.target);
    expect(model.maps.pbx.get('pbx')).toMatchObject({ link: 'down', asteriskVersion: null, missing: [] });
    await link.close();
  });

  it('connects to nothing any more after it was closed', async () => {
    const one = await listener('one');
    const link = new PbxLink({ emit: () => undefined, log: silent });
    await Promise.all([link.close(), link.connect(one.target)]);
    expect(link.ami).toBeNull();
  });
});
