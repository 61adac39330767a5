/** The part of the npm package `nami` (an AMI client of 2011, still what FOP2 scripts use) that the tests need. */
declare module 'nami' {
  interface NamiEvent {
    readonly event: string;
    /** Header names in lower case. */
    readonly [header: string]: unknown;
  }
  interface NamiLogger {
    error(words: string): void;
    warn(words: string): void;
    info(words: string): void;
    debug(words: string): void;
  }
  class Nami {
    constructor(options: {
      host: string;
      port: number;
      username: string;
      secret: string;
      /** Everything it sends and hears, otherwise written to the console. */
      logger?: NamiLogger;
    });
    on(name: string, listener: (event: NamiEvent) => void): this;
    open(): void;
    close(): void;
    send(action: object, answered: (response: { readonly response: string; readonly message?: string }) => void): void;
  }
  const namiLib: {
    readonly Nami: typeof Nami;
    readonly Actions: { readonly UserEvent: new () => Record<string, unknown> };
  };

  export { type Nami, type NamiEvent };
  export default namiLib;
}
