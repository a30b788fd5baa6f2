// A plan whose parts write files: when one part fails, or the person stops the plan, what was written is taken back.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test, type TestContext } from 'vitest';
import type { JobView } from '../../src/shared/domain/job.ts';
import { openAnsweringChat } from '../support/answering-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';
import type { ModelRequest, ScriptedReply } from '../support/scripted-models/script.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const call = (name: string, input: unknown): ScriptedReply => ({ kind: 'answer', toolCalls: [{ id: 'c1', name, input }] });
const isAfterTool = ({ body }: ModelRequest): boolean =>
  JSON.stringify((body['messages'] as readonly unknown[]).at(-1)).includes('"role":"tool"');

/** The part that does not come off: refused by its provider, or at work until it is stopped. */
type Other = { readonly kind: 'refusal'; readonly status: number } | { readonly kind: 'hang' };

async function open({ onTestFinished }: TestContext, other: Other) {
  const data = tempFolder();
  const granted = tempFolder();
  onTestFinished(() => {
    data.remove();
    granted.remove();
  });
  const folder = realpathSync(granted.path);
  const [made, replaced] = [join(folder, 'made.md'), join(folder, 'replaced.md')];
  writeFileSync(replaced, 'As it was.\n');
  const shown = (path: string) => `${basename(folder)}/${basename(path)}`;
  /** The other part begins to fail once the files are there. */
  const written = Promise.withResolvers<undefined>();
  const server = await startScriptedServer({
    script: async request => {
      const body = JSON.stringify(request.body);
      const calls = (body.match(/"role":"tool"/gu) ?? []).length;
      if (body.includes('You are a planner'))
        return isAfterTool(request)
          ? { kind: 'answer', text: 'Both.' }
          : call('run_in_background', {
              allOrNothing: true,
              tasks: [
                { agent: 'assistant', title: 'Write', task: 'Write both files.' },
                { agent: 'analyst', title: 'Compare', task: 'Compare them.' },
              ],
            });
      if (body.includes('You are an analyst')) {
        await written.promise;
        return other;
      }
      if (body.includes('Write both files.')) {
        if (calls === 0) return call('write_file', { path: shown(made), text: 'New.' });
        if (calls === 1) return call('write_file', { path: shown(replaced), text: 'Other.', replace: true });
        return { kind: 'answer', text: 'Written.' };
      }
      return isAfterTool(request)
        ? { kind: 'answer', text: 'Begun.' }
        : call('run_in_background', { tasks: [{ agent: 'planner', title: 'Plan', task: 'Do it all.' }] });
    },
  });
  onTestFinished(() => server.close());
  const chat = await openAnsweringChat(data.path, undefined, server.baseUrl);
  onTestFinished(() => chat.program.close());
  await chat.ok('reach.grantFolder', { path: folder, mayWrite: true });

  const allow = chat.client.onEvent('approvals.changed', ({ open: asked }) => {
    for (const { id } of asked)
      void chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: id, decision: 'allow', scope: 'once', answer: null });
  });
  onTestFinished(allow);
  const list = async () => (await chat.ok('jobs.list', {})).jobs;
  /** Resolves with the first job of this title that fits. */
  async function job(title: string, fits: (job: JobView) => boolean): Promise<JobView> {
    const found = Promise.withResolvers<JobView>();
    const look = () => {
      list().then(all => {
        const it = all.find(each => each.title === title && fits(each));
        if (it !== undefined) found.resolve(it);
      }, found.reject);
    };
    const stop = chat.client.onEvent('jobs.changed', look);
    look();
    return found.promise.finally(stop);
  }

  await chat.send('Do it all.');
  await job('Write', ({ state }) => state === 'done');
  expect([readFileSync(made, 'utf8'), readFileSync(replaced, 'utf8')]).toEqual(['New.', 'Other.']);
  return { chat, job, made, replaced, goOn: () => written.resolve(undefined) };
}

const isOver = ({ state }: JobView): boolean => state === 'failed' || state === 'cancelled' || state === 'done';

test('when a part fails, the plan fails and the files of the finished part are as they were before', async context => {
  const { chat, job, made, replaced, goOn } = await open(context, { kind: 'refusal', status: 401 });
  goOn();
  const plan = await job('Plan', isOver);
  expect(plan).toMatchObject({ state: 'failed', error: { code: 'part_failed' } });
  expect(existsSync(made)).toBe(false);
  expect(readFileSync(replaced, 'utf8')).toBe('As it was.\n');
  // Recorded, the last part first.
  const { steps } = await chat.ok('jobs.inspect', { jobId: plan.id });
  expect(steps.flatMap(({ compensates }) => compensates ?? [])).toEqual(['part:1.0.1', 'part:1.0.0']);
  const messages = await chat.until(all => all.some(({ note, state }) => note === 'background_ready' && state === 'failed'));
  expect(messages.find(({ note }) => note === 'background_ready')).toMatchObject({ error: 'part_failed' });
});

test('when the person stops the plan, what is at work is stopped and what was done is taken back, but for what they have changed', async context => {
  const { chat, job, made, replaced } = await open(context, { kind: 'hang' });
  writeFileSync(made, 'Mine now.');
  const running = await job('Plan', ({ waitReason }) => waitReason === 'children');
  await chat.ok('jobs.cancel', { jobId: running.id });
  const plan = await job('Plan', isOver);
  expect(plan).toMatchObject({ state: 'cancelled' });
  expect(readFileSync(made, 'utf8')).toBe('Mine now.');
  expect(readFileSync(replaced, 'utf8')).toBe('As it was.\n');
  expect(await job('Compare', isOver)).toMatchObject({ state: 'cancelled' });
  const { steps } = await chat.ok('jobs.inspect', { jobId: plan.id });
  expect(steps.flatMap(({ compensates }) => compensates ?? [])).toEqual(['part:1.0.1', 'part:1.0.0']);
});
