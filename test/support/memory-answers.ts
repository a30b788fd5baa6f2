import type { MessageId, SessionId } from '../../src/shared/domain/ids.ts';
import type { JobStepView } from '../../src/shared/domain/job-step.ts';
import type { Language } from '../../src/shared/domain/language.ts';
import type { MessageView } from '../../src/shared/domain/session.ts';
import type { createMemoryBackend } from './memory-backend.ts';

const minute = 60_000;
const model = { provider: 'Ollama', modelId: 'qwen3:8b' } as const;

const texts = {
  ru: {
    question: 'Сравни стоимость двух способов укрепить дворы и покажи расчёт.',
    edited: 'Сравни стоимость двух способов укрепить дворы для двора на 40 машин и покажи расчёт.',
    answer: `Если коротко: **дождевой сад дешевле** уже на третьем году, потому что его не нужно чистить насосом.

| Способ | Устройство | Уход за год |
|---|---:|---:|
| Дождевой сад | 310 000 ₽ | 18 000 ₽ |
| Подземный бак | 270 000 ₽ | 46 000 ₽ |

Разница в уходе за год — 28 000 ₽, а разница в устройстве — 40 000 ₽. Окупаемость считается так:

\`\`\`python
setup_difference = 310_000 - 270_000
care_difference = 46_000 - 18_000
years = setup_difference / care_difference
print(f"{years:.1f} года")
\`\`\`

Что проверить перед решением:

1. Есть ли во дворе место на 24 м² грунта.
2. Кто будет поливать сад в первое лето.
3. Разрешает ли управляющая компания снять асфальт.`,
    other: 'Подземный бак обойдётся дешевле при устройстве, но дороже в уходе: за пять лет выходит 500 000 ₽ против 400 000 ₽.',
    task: 'Собрать таблицу всех чисел из лекции',
    result: 'Во всех материалах нашлось **14 чисел**. Девять из них о стоимости, пять о воде; два числа в лекции и протоколе расходятся.',
    find: 'Найди ещё источники о дождевых садах',
    sources: [
      ['Дождевые сады в холодном климате', 'Единственный обзор с данными за десять зим.'],
      ['Нормы водоотвода для дворов', 'Здесь предельные уклоны, на которые ссылается лекция.'],
    ],
    found: 'Нашлось два источника, которых нет в чате.',
  },
  en: {
    question: 'Compare the costs of both ways to harden the yards and show the calculation.',
    edited: 'Compare the costs of both ways to harden a yard for 40 cars and show the calculation.',
    answer: `In short: **the rain garden is cheaper** from the third year on, because no pump has to clean it.

| Way | To build | Care per year |
|---|---:|---:|
| Rain garden | €3,100 | €180 |
| Tank below ground | €2,700 | €460 |

Care differs by €280 a year, building by €400. This is how long it takes to pay back:

\`\`\`python
setup_difference = 3_100 - 2_700
care_difference = 460 - 180
years = setup_difference / care_difference
print(f"{years:.1f} years")
\`\`\`

To be checked before the decision:

1. Whether the yard has 24 m² of soil to spare.
2. Who waters the garden in its first summer.
3. Whether the asphalt may be taken up.`,
    other: 'The tank is cheaper to build and dearer to keep: over five years it comes to €5,000 against €4,000.',
    task: 'Collect every figure of the lecture in one table',
    result: 'The material has **14 figures**. Nine are about costs and five about water; two differ between the lecture and the minutes.',
    find: 'Find more sources on rain gardens',
    sources: [
      ['Rain gardens in a cold climate', 'The only review with data of ten winters.'],
      ['Drainage rules for yards', 'It has the steepest slopes that the lecture relies on.'],
    ],
    found: 'There are two sources that this chat does not have.',
  },
} as const;

interface Answered {
  readonly question: MessageView;
  readonly answer: MessageView;
}

/** Answers of a model in one chat, in the states they pass through. */
export function createAnswers(backend: ReturnType<typeof createMemoryBackend>, session: SessionId, language: Language) {
  const words = texts[language];

  const stepOf = (seq: number, name: string, tookMs: number): JobStepView => ({
    seq,
    name,
    attempt: 1,
    startedAtMs: backend.now() - minute + seq * 4_000,
    finishedAtMs: backend.now() - minute + seq * 4_000 + tookMs,
    effect: 'none',
    outcome: null,
    compensates: null,
    undo: null,
    decision: null,
  });

  /** A question and its answer, on its way; nothing of it is written yet. */
  function ask(question: string = words.question): Answered {
    backend.tick(minute);
    const job = backend.putJob(
      backend.newJob('chat.answer', session, question, { state: 'running', startedAtMs: backend.now(), stepsDone: 1 }),
    );
    const said = backend.newMessage(session, 'person', question);
    const answer = backend.newMessage(session, 'assistant', '', { state: 'pending', jobId: job.id, model });
    backend.putMessages(said, answer);
    return { question: said, answer };
  }

  function end(id: MessageId, patch: Partial<MessageView>): void {
    const message = backend.messages.get(id);
    const job = message?.jobId ? backend.jobs.get(message.jobId) : undefined;
    if (!message || !job) throw new Error(`${id} is no answer on its way.`);
    const state = patch.state ?? 'completed';
    backend.inspections.set(job.id, {
      steps: [
        stepOf(1, 'setup', 20),
        stepOf(2, 'model:1', 1_900),
        stepOf(3, 'tool:1.1', 40),
        stepOf(4, 'tool:1.2', 30),
        stepOf(5, 'model:2', 2_400),
        stepOf(6, 'tool:2.1', 90),
        stepOf(7, 'model:3', 8_200),
      ],
      subjects: { 'tool:1.1': 'search_material', 'tool:1.2': 'read_document', 'tool:2.1': 'search_material' },
    });
    const ended = state === 'completed' ? 'done' : state === 'failed' ? 'failed' : 'cancelled';
    backend.putJob({ ...job, state: ended, finishedAtMs: backend.now(), stepsDone: 7 });
    backend.putMessages({ ...message, ...patch, state });
  }

  /** An answer that is there, whole. */
  function answered(): Answered {
    const asked = ask();
    end(asked.answer.id, { text: words.answer });
    return asked;
  }

  return {
    words,
    /** A model is connected and answers. */
    connect: () => backend.providers.fill(),
    ask,
    /** A piece after what is there. */
    write: (id: MessageId, text: string): void => backend.writeAnswer(id, backend.messages.get(id)?.text.length ?? 0, text),
    end,
    answered,
    /** The answer broke off in its middle. */
    failed(code: string): Answered {
      const asked = ask();
      end(asked.answer.id, { state: 'failed', text: words.answer.slice(0, words.answer.indexOf('\n\n|')), error: code });
      return asked;
    },
    /** Work in the background that has begun, and some that has ended with sources. */
    background(): void {
      backend.tick(minute);
      backend.putMessages(backend.newMessage(session, 'person', words.find));
      const found = backend.putJob(
        backend.newJob('agent.run', session, words.find, {
          state: 'done',
          stepsDone: 4,
          startedAtMs: backend.now(),
          finishedAtMs: backend.now(),
        }),
      );
      backend.putMessages(backend.newMessage(session, 'assistant', words.find, { note: 'background_started', jobId: found.id }));
      const running = backend.putJob(backend.newJob('agent.run', session, words.task, { state: 'running', startedAtMs: backend.now() }));
      backend.putMessages(
        backend.newMessage(session, 'person', words.task),
        backend.newMessage(session, 'assistant', words.task, { note: 'background_started', jobId: running.id }),
      );
      backend.tick(minute);
      backend.putMessages(
        backend.newMessage(session, 'assistant', words.found, {
          note: 'background_ready',
          jobId: found.id,
          model,
          sources: words.sources.map(([title, why], at) => ({ url: `https://example.org/${at + 1}`, title, why })),
        }),
      );
    },
  };
}
