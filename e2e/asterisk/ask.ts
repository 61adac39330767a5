import { type Question, questions } from './availability-questions';
import { AmiRefused, type Block, type RawAmi } from './raw-ami';

type Line = readonly [name: string, value: string];

/** What a PBX said to a question: the response, and the list or the events that followed. */
export interface Answer extends Question {
  readonly response: readonly Line[];
  readonly events: readonly (readonly Line[])[];
}

const heard = new Set(
  (
    'DeviceStateChange ExtensionStatus PresenceStateChange PresenceStatus UserEvent QueueMemberPause QueueMemberStatus ' +
    'DBGetResponse DBGetTreeResponse DBGetComplete DBGetTreeComplete PresenceStateListComplete'
  ).split(' '),
);
const spoken = new Set(questions.map(({ action }) => action));
/** Clocks, what answers are told apart by, and what one test PBX calls itself. */
const passing = new Set(['ActionID', 'LastPause', 'LoginTime', 'LastCall', 'SystemName']);

/** Asks one after the other; `rest` waits until the PBX has said all that follows. */
export async function askAll(full: RawAmi, min: RawAmi, rest: () => Promise<unknown>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const question of questions) {
    const events: Block[] = [];
    const stops = [full.onEvent((event) => heard.has(event.event) && events.push(event))];
    if (question.least) stops.push(min.onEvent((event) => event.get('ActionID') !== '' && events.push(event)));
    const response = await ask(question.least ? min : full, question);
    await rest();
    for (const stop of stops) stop();
    answers.push({ ...question, response, events: sorted(events, question) });
  }
  return answers;
}

async function ask(ami: RawAmi, question: Question): Promise<readonly Line[]> {
  try {
    return kept(await ami.action(question.action, question.fields), question);
  } catch (error) {
    if (!(error instanceof AmiRefused)) throw error;
    return [
      ['Response', 'Error'],
      ['Message', error.message],
    ];
  }
}

/** Two events of one change come in either order. */
function sorted(events: readonly Block[], question: Question): readonly (readonly Line[])[] {
  return events
    .map((one) => kept(one, question))
    .sort((one, two) => (JSON.stringify(one) < JSON.stringify(two) ? -1 : 1));
}

function kept(block: Block, { action }: Question): readonly Line[] {
  const rest = block.headers.filter(([name]) => !passing.has(name));
  if (action !== 'ListCommands') return rest;
  // Who may use it, without the words of its description.
  return rest.flatMap(([name, value]): Line[] =>
    spoken.has(name) ? [[name, /\(Priv: .*\)$/.exec(value)?.[0] ?? value]] : [],
  );
}
