/** What a phone does with an incoming call: `ring` until told, answer by itself, or refuse (486 busy, 603 decline). */
export type PhoneBehaviour = 'ring' | 'answer' | 'answerLate' | 'busy' | 'decline';

/**
 * The phones and the outside world of a scenario, apart from how they are made: a farm of SIP phones on a real PBX, or
 * the demo PBX's own. `ext` is an extension number. Where a phone has several calls, `other` picks the one with that
 * party (the number first seen); without it the newest call in a fitting state is taken. Each promise resolves when the
 * phone has done its part, not when the PBX has told anybody.
 */
export interface PhoneDriver {
  /** Starts a call; resolves once the phone has sent it. */
  dial(from: string, to: string): Promise<void>;
  /** Waits until the phone rings, then answers; resolves when the phone is up. */
  answer(ext: string, other?: string): Promise<void>;
  /** Waits until the phone rings. */
  ringing(ext: string, other?: string): Promise<void>;
  /** Waits until a call this phone made is answered. */
  connected(ext: string, other?: string): Promise<void>;
  /** Waits until the phone has no call left. */
  quiet(ext: string): Promise<void>;
  hangup(ext: string, other?: string): Promise<void>;
  /** Rejects the ringing call as busy. */
  reject(ext: string, other?: string): Promise<void>;
  hold(ext: string, other?: string): Promise<void>;
  unhold(ext: string, other?: string): Promise<void>;
  dtmf(ext: string, digits: string, other?: string): Promise<void>;
  /** Speaks until the call ends (a tone), so that talk detection and voicemail have something to hear. */
  speak(ext: string, other?: string): Promise<void>;
  blindTransfer(ext: string, to: string, other?: string): Promise<void>;
  /** Puts the present party on hold and calls `to`. */
  attendedTransfer(ext: string, to: string, other?: string): Promise<void>;
  completeTransfer(ext: string): Promise<void>;
  cancelTransfer(ext: string): Promise<void>;
  /** Parks the other party; `lot` is the number that parks (`700`, `720`). */
  park(ext: string, lot?: string, other?: string): Promise<void>;
  /** Ends a recording that has heard something, so that the message is kept. */
  leaveMessage(ext: string): Promise<void>;
  behave(ext: string, behaviour: PhoneBehaviour): void;
  /** Unregisters or registers a phone; resolves when the registrar has answered. */
  online(ext: string, on: boolean): Promise<void>;
  /** A call from outside over the trunk. */
  callIn(number: string, name: string, did: string): Promise<void>;
  /** A call from outside whose caller number carries CR LF and a made-up event; `endForged` takes it away. */
  callInForged(did: string): Promise<void>;
  endForged(): Promise<void>;
  hangupOutside(number: string): Promise<void>;
  /** Restarts the PBX: `crash` is kill -9. Resolves when it is booted again and the phones' old calls are gone. */
  restartPbx(how: 'clean' | 'crash'): Promise<void>;
  /** Ends every call and sets every phone back to `ring` and online. */
  reset(): Promise<void>;
}

/** Another AMI client: a script or FreePBX itself, which changes things behind the panel's back. */
export interface OutsideAmi {
  /** Resolves with the response's `Message`; rejects with Asterisk's words. */
  action(name: string, fields?: Readonly<Record<string, string | number | readonly string[]>>): Promise<string>;
  /** The first leg of an extension's phone: its channel name. */
  channelOf(ext: string): Promise<string>;
}
