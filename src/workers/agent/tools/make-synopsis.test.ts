import { expect, test } from 'vitest';
import { agentToolContext } from '../../../../test/support/agent-tool-context.ts';
import type { HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { readCall } from '../loop/read-call.ts';
import { makeSynopsis } from './make-synopsis.ts';
import type { ToolContext } from './tool.ts';

const call = (input: object, language: Language = 'en') =>
  readCall({ id: 'c', tool: 'make_synopsis', input: JSON.stringify(input) }, new Map([['make_synopsis', makeSynopsis]]), language);

/** What main is asked for, and what the model is told. */
async function made(input: object, answer: Partial<HostCallOutput<'work.start'>> = {}, language: Language = 'en') {
  const asked: unknown[] = [];
  const hostCall = ((_name: string, what: { readonly work: unknown }) => {
    asked.push(what.work);
    return Promise.resolve({ jobId: null, state: 'started', text: '', ...answer });
  }) as ToolContext['task']['hostCall'];
  const result = await makeSynopsis.run(makeSynopsis.input.parse(input), agentToolContext({ hostCall, language }));
  return { asked, result };
}

test('what the person has named goes to the synopsis, and what they have not stays open', async () => {
  expect((await made({})).asked).toEqual([{ kind: 'synopsis', template: null, detail: null, language: null }]);
  expect((await made({ kind: 'meeting', detail: 'short', language: 'ru' })).asked).toEqual([
    { kind: 'synopsis', template: 'meeting', detail: 'short', language: 'ru' },
  ]);
  const { asked, result } = await made({ changedOnly: true });
  expect(asked).toEqual([{ kind: 'refresh' }]);
  expect(result).toEqual({ text: expect.stringContaining('accept or reject each') });
});

test('a value that there is not is named with those that there are', () => {
  for (const [input, ...named] of [
    [{ kind: 'poem' }, 'kind', 'lecture', 'meeting', 'article', 'research', 'brief'],
    [{ detail: 'huge' }, 'detail', 'short', 'standard', 'full'],
    [{ language: 'de' }, 'language', 'ru', 'en'],
    [{ materials: ['x'] }, 'materials'],
  ] as const) {
    const read = call(input, 'ru');
    for (const word of named) expect('problem' in read && read.problem).toContain(word);
  }
});

test('an update keeps its kind, and the model is told what to leave out', async () => {
  const { asked, result } = await made({ changedOnly: true, detail: 'full' }, {}, 'ru');
  expect(asked).toEqual([]);
  expect(result).toEqual({ isError: true, text: expect.stringContaining('Убери kind, detail и language') });
});

test('one that is being made otherwise than it is wished for is no success', async () => {
  const same = await made({}, { state: 'already_running' });
  expect(same.result).toMatchObject({ text: 'A synopsis of this chat is being made already.', isError: false });
  const other = await made({ kind: 'meeting' }, { state: 'already_running', text: 'article, short, ru' });
  expect(other.result).toMatchObject({ isError: true, text: expect.stringContaining('as it was begun: article, short, ru') });
});
