import namiLib, { type Nami, type NamiEvent } from 'nami';
import { amiSecret } from './people';

const silent = () => {};

/** A script as FOP2's users have them: npm's `nami` as it is, one action UserEvent per change. */
export class Fop2Script {
  /** `FOP2ASTDB fop2state PJSIP/101=Do not Disturb`, in the order heard. */
  readonly heard: string[] = [];

  private constructor(private readonly nami: Nami) {
    nami.on('namiEventUserEvent', (event) => this.heard.push(inWords(event)));
  }

  static async open(port: number): Promise<Fop2Script> {
    const logger = { error: silent, warn: silent, info: silent, debug: silent };
    const account = { username: 'full', secret: amiSecret('full') };
    const nami = new namiLib.Nami({ host: '127.0.0.1', port, ...account, logger });
    const connected = new Promise<void>((resolve, reject) => {
      nami.on('namiConnected', () => resolve());
      for (const name of ['namiLoginIncorrect', 'namiInvalidPeer', 'namiConnectionError'])
        nami.on(name, () => reject(new Error(name)));
    });
    nami.open();
    await connected;
    return new Fop2Script(nami);
  }

  /** Sets what FOP2 shows of a phone; '' is available. */
  state(channel: string, value: string): Promise<void> {
    const action = new namiLib.Actions.UserEvent();
    action.UserEvent = 'FOP2ASTDB';
    action.Family = 'fop2state';
    action.Channel = channel;
    action.Value = value;
    return this.send(action);
  }

  forwarding(channel: string, value: string): Promise<void> {
    const action = new namiLib.Actions.UserEvent();
    action.UserEvent = 'FOP2CUST';
    action.Family = 'astdbcust';
    action.Channel = channel;
    action.Value = value;
    return this.send(action);
  }

  close(): void {
    this.nami.close();
  }

  private send(action: object): Promise<void> {
    return new Promise((resolve, reject) =>
      this.nami.send(action, ({ response, message }) =>
        response === 'Success' ? resolve() : reject(new Error(message ?? response)),
      ),
    );
  }
}

function inWords(event: NamiEvent): string {
  return `${event.userevent} ${event.family} ${event.channel}=${event.value}`;
}
