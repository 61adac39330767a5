/** The newest lines of the log, as they were written: already without secrets. */
export class LogRing {
  readonly #lines: string[] = [];
  #bytes = 0;

  constructor(
    private readonly most = 2_000,
    private readonly mostBytes = 1024 * 1024,
  ) {}

  add(line: string): void {
    this.#lines.push(line);
    this.#bytes += line.length;
    while (this.#lines.length > this.most || (this.#bytes > this.mostBytes && this.#lines.length > 1)) {
      this.#bytes -= this.#lines.shift()?.length ?? 0;
    }
  }

  lines(): readonly string[] {
    return this.#lines;
  }
}
