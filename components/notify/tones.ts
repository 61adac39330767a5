/** A tone of a sound: when it begins, how long it lasts (s), how high (Hz), how loud (0–1). */
interface Tone {
  readonly at: number;
  readonly lasts: number;
  readonly pitch: number;
  readonly gain: number;
}

/** Two soft double strokes, then quiet: played over and over while it rings. */
export const ringTones: readonly Tone[] = [
  ...[0, 0.42].flatMap((at) => [
    { at, lasts: 0.36, pitch: 587.33, gain: 0.32 },
    { at, lasts: 0.36, pitch: 880, gain: 0.16 },
    { at: at + 0.1, lasts: 0.3, pitch: 1_174.66, gain: 0.06 },
  ]),
];
export const ringSeconds = 2.6;

/** Two rising notes, once. */
export const chimeTones: readonly Tone[] = [
  { at: 0, lasts: 0.5, pitch: 659.26, gain: 0.26 },
  { at: 0.14, lasts: 0.6, pitch: 987.77, gain: 0.22 },
];
export const chimeSeconds = 0.8;

const attack = 0.012;

/** The samples of a sound, each between -1 and 1; every tone swells and dies away, so that nothing clicks. */
export function samplesOf(tones: readonly Tone[], seconds: number, rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(seconds * rate));
  for (const { at, lasts, pitch, gain } of tones) {
    const first = Math.round(at * rate);
    const count = Math.min(Math.round(lasts * rate), samples.length - first);
    for (let i = 0; i < count; i += 1) {
      const t = i / rate;
      const swell = Math.min(1, t / attack);
      const decay = (1 - t / lasts) ** 2;
      const index = first + i;
      samples[index] = (samples[index] ?? 0) + gain * swell * decay * Math.sin(2 * Math.PI * pitch * t);
    }
  }
  return samples;
}
