import { WebSocket } from 'ws';

/** Browsers that only listen: each signs in to the live stream, takes its snapshot and the frames, and answers pings. */
const [url, count, ...cookies] = process.argv.slice(2);
const open = new URL('/socket.io/?EIO=4&transport=websocket', url);
open.protocol = 'ws:';
let frames = 0;
/** When the first browser had the news of a phone that the bench watches, epoch ms. */
const heard = [];
function listen(data) {
  const at = performance.timeOrigin + performance.now();
  const [, frame] = JSON.parse(data.toString().slice(2));
  for (const [domain, key, fields] of frame.ops ?? [])
    if (domain === 'extensions' && key.length === 4 && fields?.state)
      heard.push({ tile: key, state: fields.state, at });
}
let lost = 0;

function browser(cookie, first) {
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
      else {
        frames += 1;
        if (first) listen(data);
      }
    });
  });
}

let snapshot = 0;
for (let i = 0; i < Number(count); i++) snapshot = await browser(cookies[i % cookies.length], i === 0);
process.send({ ready: true, snapshot });
process.on('message', () => process.send({ frames, lost, heard: heard.splice(0) }));
process.on('disconnect', () => process.exit(0));
