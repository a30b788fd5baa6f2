import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { PersonAnswer, PersonQuestion } from '../../../src/shared/domain/agent.ts';
import type { ApprovalAnswer, ApprovalView } from '../../../src/shared/domain/approval.ts';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { approvalCalls } from '../../../src/main/app/calls/approval-calls.ts';
import { createAskPerson, type AskPerson } from '../../../src/main/app/people/ask-person.ts';
import { createEventHub } from '../../../src/main/ipc/event-hub.ts';
import { ExpectedError } from '../../../src/main/ipc/expected-error.ts';
import { createStore, type Store } from '../../../src/main/store/store.ts';
import type { Harness, NewLife } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});

const question: PersonQuestion = {
  key: 'approve:1.0',
  type: 'approval',
  tool: 'write_file',
  title: 'Записать файл',
  destination: '/home/ann/plan.md',
  payload: '{"text":"план"}',
  choices: [],
  expiresInMs: null,
  whenExpired: 'deny',
  action: null,
};
const inAnHour = { expiresInMs: 3_600_000 };

/** The engine over a real file with a kind whose worker asks a person; what the windows can call; each life anew. */
function program() {
  const asked: JobId[] = [];
  let ask: AskPerson = () => {
    throw new Error('The program has not started.');
  };
  let store: Store | null = null;
  let calls: ReturnType<typeof approvalCalls> | null = null;
  /** Between the moment a question is stored and the one its job is parked. */
  let beforeParking: (() => void) | null = null;

  function beforeStart({ db, engine, clock }: NewLife): void {
    const ours = createStore(db, { artifacts: '/nowhere', staging: '/nowhere', setAside: '/nowhere', backups: '/nowhere' });
    const now = () => clock.nowMs();
    store = ours;
    ask = createAskPerson({ store: ours, now, asked: id => asked.push(id) });
    calls = approvalCalls({
      store: ours,
      engine,
      events: createEventHub(),
      changes: { approvals: () => undefined } as never,
      now,
    });
  }
  const kinds = [
    testKind('agent.run', {
      hostCall(job, _name, input) {
        try {
          return Promise.resolve(ask(job, input as PersonQuestion));
        } catch (error) {
          beforeParking?.();
          return Promise.reject(error instanceof Error ? error : new Error(String(error)));
        }
      },
    }),
  ];
  harness = createHarness({ kinds, beforeStart });

  const life = () => {
    if (harness === null) throw new Error('The harness is closed.');
    return harness.life();
  };
  const settle = () => life().clock.quiesce();
  const have = <T>(value: T | null): T => {
    if (value === null) throw new Error('The program has not started.');
    return value;
  };
  return {
    asked,
    life,
    settle,
    store: () => have(store),
    crash: () => harness?.crash({ kinds, beforeStart }),
    begin: () => life().enqueue({ kind: 'agent.run' }),
    beforeParking(work: () => void) {
      beforeParking = work;
    },
    /** The worker of the running attempt asks; null when that parks the job. */
    async asks(id: JobId, changes: Partial<PersonQuestion> = {}): Promise<PersonAnswer | null> {
      const task = life().taskOf(id);
      const asked = JSON.stringify({ ...question, ...changes });
      const answer = await task.observer.onHostCall('person.ask', asked).then(
        text => JSON.parse(text) as PersonAnswer,
        () => null,
      );
      if (answer === null) task.end({ type: 'cancelled' });
      await settle();
      return answer;
    },
    open: (): ApprovalView[] => {
      const listed = have(calls)['approvals.list']({ jobId: null }, {} as never) as { approvals: ApprovalView[] };
      return listed.approvals;
    },
    /** The answer of a window, or the code it is refused with. */
    async answer(approval: ApprovalView | undefined, given: Partial<ApprovalAnswer> = {}, requestKey: string = randomUUID()) {
      if (approval === undefined) throw new Error('Nothing is asked.');
      try {
        const answered = { decision: 'allow', scope: 'once', answer: null, ...given } as const;
        return have(calls)['approvals.answer']({ requestKey, approvalId: approval.id, ...answered }, {} as never) as ApprovalView;
      } catch (error) {
        if (error instanceof ExpectedError) return error.code;
        throw error;
      } finally {
        await settle();
      }
    },
  };
}

test('a question parks its job, outlives the program, and its answer lets the job go on', async () => {
  const { begin, asks, life, crash, settle, open, answer, asked, store } = program();
  const id = await begin();
  expect(await asks(id, inAnHour)).toBeNull();
  expect(life().views.view(id)).toMatchObject({ state: 'waiting', waitReason: 'approval', attempt: 0 });
  expect(asked).toEqual([id]);
  expect(store().notices.untold('pending', 9, 0)).toMatchObject([{ event: 'approval', jobId: id, isOver: false }]);

  crash();
  expect(life().state(id)).toBe('waiting');
  const [approval] = open();
  expect(approval).toMatchObject({
    jobId: id,
    tool: 'write_file',
    title: 'Записать файл',
    destination: '/home/ann/plan.md',
    payload: '{"text":"план"}',
    whenExpired: 'deny',
    answered: null,
  });
  expect(await answer(approval)).toMatchObject({ answered: { decision: 'allow', by: 'person' } });
  expect(life().state(id)).toBe('running');
  expect(open()).toEqual([]);
  // The same question, however often it is asked, also by a later life.
  expect(await asks(id, inAnHour)).toEqual({ decision: 'allow', answer: null, by: 'person' });
  crash();
  await settle();
  expect(await asks(id, inAnHour)).toEqual({ decision: 'allow', answer: null, by: 'person' });
  expect(asked).toEqual([id]);
});

test('of two windows the first answer stands; the same click again is the same answer', async () => {
  const { begin, asks, open, answer } = program();
  const id = await begin();
  await asks(id);
  const [approval] = open();
  const click = randomUUID();
  expect(await answer(approval, { decision: 'deny' }, click)).toMatchObject({ answered: { decision: 'deny' } });
  expect(await answer(approval, { decision: 'allow' })).toBe('already_answered');
  expect(await answer(approval, { decision: 'deny' }, click)).toMatchObject({ answered: { decision: 'deny' } });
  expect(await asks(id)).toEqual({ decision: 'deny', answer: null, by: 'person' });
});

test('an answer that comes before the job is parked is not lost', async () => {
  const { begin, asks, open, answer, beforeParking, life } = program();
  const id = await begin();
  beforeParking(() => {
    void answer(open()[0]);
  });
  expect(await asks(id)).toBeNull();
  expect(life().state(id)).toBe('running');
  expect(await asks(id)).toMatchObject({ decision: 'allow', by: 'person' });
});

test.each(['allow', 'deny'] as const)('what nobody answers in time is %s by itself', async whenExpired => {
  const { begin, asks, open, answer, life } = program();
  const id = await begin();
  await asks(id, { ...inAnHour, whenExpired });
  const [approval] = open();
  await life().clock.advance(inAnHour.expiresInMs);
  expect(life().state(id)).toBe('running');
  expect(open()).toEqual([]);
  expect(await answer(approval)).toBe('expired');
  expect(await asks(id, { ...inAnHour, whenExpired })).toEqual({ decision: whenExpired, answer: null, by: 'expiry' });
  expect(await answer(approval)).toBe('already_answered');
});

test('what is allowed for the task is allowed to the same tool and the same destination, until the task ends', async () => {
  const { begin, asks, open, answer, asked, store, life, settle } = program();
  const id = await begin();
  await asks(id);
  await answer(open()[0], { scope: 'job' });
  expect(await asks(id)).toMatchObject({ by: 'person' });
  expect(await asks(id, { key: 'approve:2.0', payload: '{"text":"дальше"}' })).toEqual({ decision: 'allow', answer: null, by: 'policy' });
  expect(asked).toEqual([id]);
  for (const [n, changes] of [{ tool: 'fetch_page' }, { destination: '/home/ann/plan.md2' }, { destination: null }].entries()) {
    expect(await asks(id, { key: `other:${n}`, ...changes }), JSON.stringify(changes)).toBeNull();
    await answer(open()[0], { decision: 'deny' });
  }
  const other = await begin();
  expect(await asks(other)).toBeNull();
  life().taskOf(id).end({ type: 'done', output: '{"n":1}', issues: [] });
  await settle();
  expect(store().approvals.isAllowedForJob(id, 'write_file', '/home/ann/plan.md')).toBe(false);
});

test('an answer holds for what was shown: other content under its key is asked anew', async () => {
  const { begin, asks, open, answer } = program();
  const id = await begin();
  await asks(id);
  const [first] = open();
  await answer(first);
  expect(await asks(id, { payload: '{"text":"другое"}' })).toBeNull();
  const [second] = open();
  expect(second).toMatchObject({ payload: '{"text":"другое"}', answered: null });
  expect(second?.id).not.toBe(first?.id);
  await answer(second, { decision: 'deny' });
  expect(await asks(id, { payload: '{"text":"другое"}' })).toMatchObject({ decision: 'deny' });
});

test('a yes holds when the program has come to speak another language; a question of a model is its words', async () => {
  const { begin, asks, open, answer } = program();
  const id = await begin();
  await asks(id);
  await answer(open()[0]);
  expect(await asks(id, { title: 'Write a file' })).toMatchObject({ decision: 'allow', by: 'person' });
  expect(open()).toEqual([]);

  const weekly = {
    key: 'approve:2.1',
    tool: 'schedule_job',
    destination: null,
    action: { does: 'set_schedule', title: 'Сводка', cron: '0 9 * * 1' },
  } as const;
  expect(await asks(id, weekly)).toBeNull();
  await answer(open()[0]);
  expect(await asks(id, { ...weekly, title: 'Run “Сводка” on a schedule (0 9 * * 1)?' })).toMatchObject({
    decision: 'allow',
    by: 'person',
  });
  // What is done is compared, not its words: another time is another question.
  expect(await asks(id, { ...weekly, action: { ...weekly.action, cron: '* * * * *' } })).toBeNull();
  expect(open()).toMatchObject([{ action: { cron: '* * * * *' } }]);
  await answer(open()[0], { decision: 'deny' });

  const own = { key: 'ask:2.0', type: 'question', tool: 'ask_person', destination: null, payload: null } as const;
  expect(await asks(id, { ...own, title: 'Какой год?' })).toBeNull();
  await answer(open()[0], { answer: '2024' });
  expect(await asks(id, { ...own, title: 'Какой месяц?' })).toBeNull();
});

test('a cancelled job asks nothing any more, and run again it asks anew', async () => {
  const { begin, asks, open, answer, life, settle } = program();
  const id = await begin();
  await asks(id);
  const [approval] = open();
  await Promise.all([life().engine.cancel(id), settle()]);
  expect(open()).toEqual([]);
  expect(await answer(approval)).toBe('no_longer_asked');
  await Promise.all([life().engine.retry(id), settle()]);
  expect(await asks(id)).toBeNull();
  expect(open()).toHaveLength(1);
  expect(open()[0]?.id).not.toBe(approval?.id);
});

test('a question takes words or one of its choices, and can be declined', async () => {
  const { begin, asks, open, answer, life } = program();
  const id = await begin();
  const asking = { type: 'question', tool: 'ask_person', destination: null, payload: null } as const;
  await asks(id, { ...asking, key: 'a', choices: ['чай', 'кофе'] });
  expect(life().views.view(id)).toMatchObject({ waitReason: 'answer' });
  const [first] = open();
  for (const wrong of [{ answer: null }, { answer: ' ' }, { answer: 'квас' }, { answer: 'чай', scope: 'job' as const }])
    expect(await answer(first, wrong), JSON.stringify(wrong)).toBe('unfit_answer');
  await answer(first, { answer: 'чай' });
  expect(await asks(id, { ...asking, key: 'a', choices: ['чай', 'кофе'] })).toEqual({ decision: 'allow', answer: 'чай', by: 'person' });
  await asks(id, { ...asking, key: 'b' });
  await answer(open()[0], { decision: 'deny' });
  expect(await asks(id, { ...asking, key: 'b' })).toEqual({ decision: 'deny', answer: null, by: 'person' });
  await asks(id, { key: 'c', destination: null });
  expect(await answer(open()[0], { scope: 'job' })).toBe('unfit_answer');
  expect(await answer(open()[0], { answer: 'слова' })).toBe('unfit_answer');
});
