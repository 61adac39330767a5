import { WebSocket } from 'ws';
import type { CommandResult } from '../../server/protocol/commands';

/** A signed-in browser that follows the panel and gives commands, without the page around it. */
export class Keyboard {
  private readonly answers = new Map<number, (result: CommandResult) => void>();
  private next = 1;

  private constructor(private readonly socket: WebSocket) {}

  static open(url: string, cookie: string): Promise<Keyboard> {
    const live = new URL('/socket.io/?EIO=4&transport=websocket', url);
    live.protocol = 'ws:';
    const socket = new WebSocket(live, { headers: { cookie, origin: url }, perMessageDeflate: false });
    const keyboard = new Keyboard(socket);
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data) => {
        const text = data.toString();
        // Engine.IO and Socket.IO: open, ping, connected, answer.
        if (text.startsWith('0')) socket.send('40');
        else if (text === '2') socket.send('3');
        else if (text.startsWith('40')) socket.send('420["hello",{"version":1}]');
        else if (text.startsWith('430')) resolve(keyboard);
        else if (text.startsWith('43')) keyboard.answered(text.slice(2));
        else if (text.startsWith('44')) reject(new Error(text));
      });
    });
  }

  /** The bytes are on their way when this returns. */
  command(name: string, params: object): Promise<CommandResult> {
    const id = this.next;
    this.next += 1;
    this.socket.send(`42${id}${JSON.stringify(['command', { name, params }])}`);
    return new Promise((resolve) => this.answers.set(id, resolve));
  }

  close(): void {
    this.socket.close();
  }

  private answered(text: string): void {
    const bracket = text.indexOf('[');
    const id = Number(text.slice(0, bracket));
    const [result] = JSON.parse(text.slice(bracket)) as [CommandResult];
    this.answers.get(id)?.(result);
    this.answers.delete(id);
  }
}
