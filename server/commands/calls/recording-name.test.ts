import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRecording, type RecordingSettings, recordingSettings } from '../../protocol/recording';
import { actorWith, anna, TestOffice } from './testing';

const wav = (template: string): RecordingSettings => ({ template, format: 'wav' });
const templates = [
  defaultRecording.template,
  '{from}/{to}/{queue}-{by}-{time}-{uniqueid}',
  '{by}{time}{uniqueid}',
  'a/{date}/{uniqueid}/{time}{from}',
];
const hostile = [
  '../',
  '..',
  '/',
  '/etc/passwd',
  '\0',
  ' ',
  'a b',
  '&',
  '|rm -rf ~|',
  ',',
  ',W(9)',
  '$' + '{SHELL(id)}',
  '$[1]',
  '`id`',
  ';',
  '\r\nCommand: x',
  '-rf',
  '.',
  '',
  '{by}',
  '"\'',
  'ü/é',
  '\u2028',
  '\ud83d',
  '😀',
  'x'.repeat(1_100),
  '%2e%2e%2f',
  '~',
  '*',
  '\\..\\',
];

/** Below its folder, one argument, no option, nothing a shell or the dialplan would read. */
const safe = /^(?:[A-Za-z0-9_][A-Za-z0-9_+.-]*\/)*[A-Za-z0-9_][A-Za-z0-9_+.-]*\.wav$/;

async function record(settings: RecordingSettings, number: string, by: string) {
  const office = new TestOffice();
  office.recording = settings;
  const line = office.exchange.channel('PJSIP/carrier', 'up', '102');
  const channel = { ...line.snapshot(), caller: { number, name: '' } };
  office.exchange.say({ type: 'channel', cause: 'callerid', channel });
  office.tell();
  const result = await office.run('call.record', { uniqueid: line.id, on: true }, { ...anna, name: by });
  expect(office.faults).toEqual([]);
  const sent = office.ami.changes.at(-1)?.split('\r\n') ?? [];
  expect(sent.map((each) => each.split(':')[0])).toEqual(['Action', 'Channel', 'File', 'Options', '', '']);
  expect(result).toMatchObject({ ok: true });
  return sent[2]?.slice('File: '.length) ?? '';
}

describe('the name of a recording', () => {
  it('tells when, who, and by whom', async () => {
    const office = new TestOffice();
    office.recording = defaultRecording;
    const result = await office.run('call.record', { uniqueid: office.called.id, on: true });
    const file = `cordboard-20270115-080000-101-102-none-anna-${office.called.id}.wav`;
    expect(result).toEqual({ ok: true, file });
    const call = () => [...office.model.maps.calls.values()].find(({ legs }) => legs.includes(office.called.id));
    expect(call()?.recording).toBe(true);
    office.ami.variables.set('CORDBOARD_RECORDING', '0x55');
    expect(await office.run('call.record', { uniqueid: office.called.id, on: false })).toEqual({ ok: true });
    expect(call()?.recording).toBe(false);
  });

  it('is not told to those who may not see the numbers of callers', async () => {
    const office = new TestOffice();
    const params = { uniqueid: office.called.id, on: true };
    expect(await office.run('call.record', params, actorWith(['record']))).toEqual({ ok: true });
  });

  it.each(templates)('stays in its folder and adds no option, whatever the values: %s', async (template) => {
    for (const value of hostile) {
      const file = await record(wav(template), value, value);
      expect(file, JSON.stringify(value)).toMatch(safe);
      expect(file.split('/')).not.toContain('..');
      expect(Buffer.byteLength(file)).toBeLessThan(255);
    }
  });

  it('keeps what it can of a value', async () => {
    const file = await record(wav('{from}-{to}-{by}-{time}-{uniqueid}'), '+49 30/12', 'José Ü.');
    expect(file).toMatch(/^_49_30_12-102-Jose_U_-080000-1800000000\.\d+\.wav$/);
  });

  it('stays in its folder with any text there is', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...hostile));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...templates), text, text, async (template, number, by) => {
        expect(await record(wav(template), number, by)).toMatch(safe);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the template', () => {
  it.each([...templates, '2026/{date}/{time}-{uniqueid}'])('%s is taken', (template) => {
    expect(recordingSettings.safeParse(wav(template)).success).toBe(true);
  });

  it.each([
    ['{date}', 'must hold {time} and {uniqueid}'],
    ['{time}', 'must hold'],
    ['../{time}{uniqueid}', 'each part must begin'],
    ['/tmp/{time}{uniqueid}', 'each part must begin'],
    ['a//{time}{uniqueid}', 'each part must begin'],
    ['.{time}{uniqueid}', 'each part must begin'],
    ['a/../{time}{uniqueid}', 'each part must begin'],
    ['-{time}{uniqueid}', 'each part must begin'],
    ['{time}{uniqueid}{secret}', 'knows {date}'],
    ['{time}{uniqueid}{constructor}', 'knows {date}'],
    ['{time}{uniqueid}{', 'brace'],
    ['{time}{uniqueid} b', 'may hold'],
    ['{time}{uniqueid},W(3)', 'may hold'],
    ['{time}{uniqueid}|x', 'may hold'],
    ['{time}{uniqueid}$', 'may hold'],
    ['{time}{uniqueid}\n', ''],
    ['', 'enter a name'],
  ])('%j is refused in words', (template, words) => {
    const result = recordingSettings.safeParse(wav(template));
    if (words === '') expect(result.data?.template).toBe(template.trim());
    else expect(result.error?.issues.map(({ message }) => message).join()).toContain(words);
  });
});
