import { WebSocket } from 'ws';

/** Browsers that only listen: each signs in to the live stream, takes its snapshot and the frames, and answers pings. */
const [url, count, ...cookies] = process.argv.slice(2);
const open = new URL('/socket.io/?EIO=4&transport=websocket', url);
open.protocol = 'ws:';
let frames = 0;
let lost = 0;

function browser(cookie) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(open, { headers: { cookie, origin: url }, perMessageDeflate: false });
    socket.on('error', reject);
    socket.on('close', (code, reason) => {
      lost += 1;
      reject(new Error(`closed: ${code} ${reason}`));
    });
    socket.on('message', (data) => {
      const kind = data[0];
      if (kind === 48) socket.send('40');
      else if (kind === 50) socket.send('3');
      else if (kind === 52 && data[1] === 48) socket.send('420["hello",{"version":1}]');
      else if (kind === 52 && data[1] === 51) resolve(data.length);
      else if (kind === 52 && data[1] === 52) reject(new Error(data.toString()));
      else frames += 1;
    });
  });
}

let snapshot = 0;
for (let i = 0; i < Number(count); i++) snapshot = await browser(cookies[i % cookies.length]);
process.send({ ready: true, snapshot });
process.on('message', () => process.send({ frames, lost }));
process.on('disconnect', () => process.exit(0));
