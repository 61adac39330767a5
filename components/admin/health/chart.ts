interface Frame {
  readonly width: number;
  readonly height: number;
  /** The value at the upper edge. */
  readonly top: number;
}

/** One path of a bar for each value; what is not known has none, and what is nothing has a line at the bottom. */
export function barsPath(values: readonly (number | null)[], { width, height, top }: Frame): string {
  const step = width / Math.max(1, values.length);
  return values
    .map((value, at) => {
      if (value === null) return '';
      const tall = Math.max(1, (Math.min(value, top) / top) * (height - 4)).toFixed(1);
      const wide = (step - 1).toFixed(1);
      return `M${(at * step).toFixed(1)},${height}v-${tall}h${wide}v${tall}z`;
    })
    .join('');
}

/** 1, 2, 5, 10, 20, 50 …: the first that is not smaller. */
export function nicePeak(peak: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const factor of [1, 2, 5]) if (peak <= factor * unit) return factor * unit;
  }
}
