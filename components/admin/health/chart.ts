interface Frame {
  readonly width: number;
  readonly height: number;
  /** The value at the upper edge. */
  readonly top: number;
  /** Down to the lower edge, to be filled. */
  readonly closed: boolean;
}

/** The path of a line through the values; where one is not known the line is interrupted. */
export function chartPath(values: readonly (number | null)[], { width, height, top, closed }: Frame): string {
  const step = width / Math.max(1, values.length - 1);
  const place = (value: number): string => (height - (Math.min(value, top) / top) * (height - 4)).toFixed(1);
  const parts: string[] = [];
  let begun: string | null = null;
  const end = (at: number): void => {
    if (begun !== null && closed) parts.push(`L${(at * step).toFixed(1)},${height}L${begun},${height}Z`);
    begun = null;
  };
  for (const [at, value] of values.entries()) {
    if (value === null) {
      end(at - 1);
      continue;
    }
    const x = (at * step).toFixed(1);
    parts.push(`${begun === null ? 'M' : 'L'}${x},${place(value)}`);
    begun ??= x;
  }
  end(values.length - 1);
  return parts.join('');
}

/** 1, 2, 5, 10, 20, 50 …: the first that is not smaller. */
export function nicePeak(peak: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const factor of [1, 2, 5]) if (peak <= factor * unit) return factor * unit;
  }
}
