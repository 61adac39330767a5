import { chimeSeconds, chimeTones, ringSeconds, ringTones, samplesOf } from './tones';

/**
 * A ring goes on for so long without `keepRinging`, s: should the page stop thinking, so does the ring. More than the second
 * at which timers of a page in the background are woken.
 */
const breathSeconds = 4;

type Sound = 'ring' | 'chime';

/** Makes the sounds, by WebAudio. The ring is one looped buffer: no timer has to keep it going. */
export class Ringer {
  #context: AudioContext | null = null;
  #gain: GainNode | null = null;
  #ring: AudioBufferSourceNode | null = null;
  readonly #buffers = new Map<Sound, AudioBuffer>();

  /** After somebody pressed something in this window: from then on the browser lets it make sounds. */
  unlock(): void {
    const context = this.#open();
    if (context?.state === 'suspended') void context.resume().catch(() => undefined);
  }

  get audible(): boolean {
    return this.#context?.state === 'running';
  }

  get ringing(): boolean {
    return this.#ring !== null;
  }

  /** Begin to ring, or go on. `volume` in per cent. */
  keepRinging(volume: number): void {
    const context = this.#open();
    if (!context || !this.#gain) return;
    if (context.state !== 'running') {
      this.unlock();
      return;
    }
    this.#gain.gain.value = loudness(volume);
    if (!this.#ring) {
      const source = this.#source(context, 'ring');
      source.loop = true;
      source.onended = () => {
        if (this.#ring === source) this.#ring = null;
      };
      source.start();
      this.#ring = source;
    }
    this.#ring.stop(context.currentTime + breathSeconds);
  }

  stopRinging(): void {
    const ring = this.#ring;
    this.#ring = null;
    ring?.stop();
  }

  /** Once. */
  chime(volume: number): void {
    const context = this.#open();
    if (!context || !this.#gain || context.state !== 'running') return;
    this.#gain.gain.value = loudness(volume);
    this.#source(context, 'chime').start();
  }

  close(): void {
    this.stopRinging();
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
  }

  #open(): AudioContext | null {
    if (this.#context || typeof AudioContext === 'undefined') return this.#context;
    this.#context = new AudioContext();
    this.#gain = this.#context.createGain();
    this.#gain.connect(this.#context.destination);
    return this.#context;
  }

  #source(context: AudioContext, sound: Sound): AudioBufferSourceNode {
    const source = context.createBufferSource();
    source.buffer = this.#buffer(context, sound);
    if (this.#gain) source.connect(this.#gain);
    return source;
  }

  #buffer(context: AudioContext, sound: Sound): AudioBuffer {
    const known = this.#buffers.get(sound);
    if (known) return known;
    const rate = context.sampleRate;
    const samples =
      sound === 'ring' ? samplesOf(ringTones, ringSeconds, rate) : samplesOf(chimeTones, chimeSeconds, rate);
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    this.#buffers.set(sound, buffer);
    return buffer;
  }
}

/** The ear hears loudness by its square. */
function loudness(volume: number): number {
  return (volume / 100) ** 2;
}
