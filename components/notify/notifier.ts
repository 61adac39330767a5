import { type Alert, isRinging, type NotifyPreferences, ringingTitle } from './alerts';

/** A notification on the desktop that is open. */
export interface Notice {
  close(): void;
}

export interface NotifierPorts {
  readonly ringer: {
    keepRinging(volume: number): void;
    stopRinging(): void;
    chime(volume: number): void;
  };
  /** Null: the browser does not let it. */
  readonly notice: (alert: Alert) => Notice | null;
  /** Null: nothing rings. */
  readonly title: (title: string | null) => void;
  /** To a screen reader. */
  readonly say: (words: string, urgent: boolean) => void;
}

/** What is so at one moment. */
export interface Moment {
  readonly alerts: readonly Alert[];
  readonly preferences: NotifyPreferences;
  /** This window is the one of the user that rings. */
  readonly leads: boolean;
  /** Somebody looks at one of the user's windows. */
  readonly lookedAt: boolean;
  /** The machine has just woken up, or the first state has just come: what is over may not be known to be over yet. */
  readonly waking: boolean;
}

/** Makes sounds, notifications and the title be what the alerts ask for; asked again whenever anything changes. */
export class Notifier {
  readonly #notices = new Map<string, Notice | null>();
  /** Alerts that were told once already, whether or not they were heard. */
  #told: ReadonlySet<string> | null = null;

  constructor(private readonly ports: NotifierPorts) {}

  update({ alerts, preferences, leads, lookedAt, waking }: Moment): void {
    const { ringer, title } = this.ports;
    title(ringingTitle(alerts));
    const speaks = leads && !waking;
    if (speaks && preferences.sound && alerts.some(isRinging)) ringer.keepRinging(preferences.volume);
    else ringer.stopRinging();
    const fresh = waking ? [] : this.#fresh(alerts);
    // One's own incoming calls are told where the panel tells of calls.
    for (const { kind, title: words, text } of fresh) {
      if (kind !== 'incoming') this.ports.say(`${words}. ${text}`, kind === 'returned');
    }
    if (speaks && preferences.sound && fresh.some((alert) => !isRinging(alert))) ringer.chime(preferences.volume);
    this.#show(alerts, leads && preferences.desktop, lookedAt || waking);
  }

  /** Everything silent and closed. */
  stop(): void {
    this.ports.ringer.stopRinging();
    this.ports.title(null);
    for (const notice of this.#notices.values()) notice?.close();
    this.#notices.clear();
  }

  /** Those that were not there the last time. What is there at the very first look has been so before. */
  #fresh(alerts: readonly Alert[]): readonly Alert[] {
    const told = this.#told;
    this.#told = new Set(alerts.map(({ id }) => id));
    return told === null ? [] : alerts.filter(({ id }) => !told.has(id));
  }

  #show(alerts: readonly Alert[], wanted: boolean, seen: boolean): void {
    const due = new Set(wanted ? alerts.map(({ id }) => id) : []);
    for (const [id, notice] of this.#notices) {
      if (due.has(id)) continue;
      notice?.close();
      this.#notices.delete(id);
    }
    if (!wanted) return;
    for (const alert of alerts) {
      if (this.#notices.has(alert.id)) continue;
      // Who looks at the panel has seen it: it is not shown later either, unless it rings on.
      if (seen) {
        if (!isRinging(alert)) this.#notices.set(alert.id, null);
        continue;
      }
      this.#notices.set(alert.id, this.ports.notice(alert));
    }
  }
}
