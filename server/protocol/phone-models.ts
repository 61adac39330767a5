/**
 * What is known of makes of phones by the User-Agent of their registration. Free of zod, so that the browser may ask too.
 *
 * `answers`: whether a phone that rings answers on SIP NOTIFY `Event: talk`, and holds and resumes on `hold` and `talk`
 * (BroadWorks SIP Access Side Extensions, remote control event packages). `yes`: the make announces `talk` in
 * Allow-Events by default, or its manual says so: Poly (UC Software), Yealink (administrator's guide, "talk, hold"), snom,
 * Mitel and Aastra (release notes, Sylantro features), Technicolor/Thomson, Panasonic KX-HDV/UT/TGP, Gigaset Maxwell and
 * N-series, Cisco with multiplatform firmware, Zoiper. `no`: answers 481 or 489, or ignores it: baresip, Jitsi, Linphone,
 * JsSIP, SIP.js. What is not here, or has it switched off by default (AudioCodes `talk_event/enabled`, Grandstream's
 * BroadSoft mode), is tried and watched.
 *
 * `autoAnswer`: the header with which it answers at once, where it is not one of the two that most obey: `Call-Info` with
 * `answer-after=0` and `Alert-Info` with `info=alert-autoanswer` (Gigaset, AudioCodes, Yealink, Mitel manuals; the rows of
 * FreePBX's paging module).
 */
export type PhoneAnswers = 'yes' | 'no' | 'unknown';

export interface SipHeader {
  readonly name: 'Alert-Info' | 'Call-Info';
  readonly value: string;
}

interface Make {
  readonly agent: RegExp;
  readonly answers: PhoneAnswers;
  readonly autoAnswer?: readonly SipHeader[];
}

const callInfo: SipHeader = { name: 'Call-Info', value: '<sip:pbx>;answer-after=0' };
const alertInfo: SipHeader = { name: 'Alert-Info', value: '<http://www.notused.com>;info=alert-autoanswer;delay=0' };
const alert = (value: string): readonly SipHeader[] => [{ name: 'Alert-Info', value }];

/** Both that most phones obey; a phone that knows neither just rings. */
const anyPhone: readonly SipHeader[] = [callInfo, alertInfo];

/** The first that fits counts. */
const makes: readonly Make[] = [
  { agent: /^(?:Polycom|Poly)/i, answers: 'yes', autoAnswer: alert('info=Auto Answer') },
  { agent: /^Yealink/i, answers: 'yes' },
  { agent: /^snom/i, answers: 'yes', autoAnswer: [callInfo] },
  { agent: /^(?:Aastra|Mitel)/i, answers: 'yes' },
  { agent: /^(?:Technicolor|THOMSON)/i, answers: 'yes', autoAnswer: [callInfo] },
  { agent: /^Panasonic/i, answers: 'yes', autoAnswer: alert('Intercom') },
  { agent: /^(?:Gigaset|Maxwell)/i, answers: 'yes' },
  { agent: /^Cisco-CP-\d+-3PCC/i, answers: 'yes', autoAnswer: [callInfo] },
  { agent: /^Zoiper/i, answers: 'yes' },
  { agent: /^(?:Cisco|Linksys|Sipura)/i, answers: 'unknown', autoAnswer: [callInfo] },
  { agent: /^Grandstream/i, answers: 'unknown' },
  { agent: /^(?:OpenStage|OpenScape)/i, answers: 'unknown', autoAnswer: [alertInfo] },
  { agent: /^(?:Digium|Sangoma P)/i, answers: 'unknown', autoAnswer: alert('ring-answer') },
  { agent: /^Sangoma (?:Windows|macOS)/i, answers: 'unknown', autoAnswer: alert('Direct-Intercom') },
  { agent: /^(?:baresip|Jitsi|Linphone|JsSIP|SIP\.js)/i, answers: 'no' },
];

function makeOf(agent: string): Make | undefined {
  return makes.find((make) => make.agent.test(agent));
}

/** Whether phones with these User-Agents answer when told to; several that differ, or none: `unknown`. */
export function answersOf(agents: readonly string[]): PhoneAnswers {
  const all = new Set(agents.map((agent) => makeOf(agent)?.answers ?? 'unknown'));
  const [only] = all;
  return all.size === 1 && only !== undefined ? only : 'unknown';
}

/** The headers that make phones with these User-Agents answer at once; without any, those most phones obey. */
export function autoAnswerOf(agents: readonly string[]): readonly SipHeader[] {
  const [agent] = agents;
  return (agent === undefined || agents.length > 1 ? undefined : makeOf(agent)?.autoAnswer) ?? anyPhone;
}

/** A User-Agent as it is shown: one short line, for whoever registers chooses it. */
export function modelOf(agent: string): string {
  return agent
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
}
