import { describe, expect, test } from 'vitest';
import { directContext } from '../../../test/support/workers/direct-context.ts';
import { snapshotOf, storeSnapshot, temporaryFolder } from '../../../test/support/workers/snapshot-file.ts';
import { taskSpecs, type TaskInput } from '../../shared/contract/worker/tasks.ts';
import { sectionKinds, type Section } from '../../shared/domain/synopsis.ts';
import { makeSection } from '../extractive/make-section.ts';
import { prepareSources } from '../extractive/prepare-sources.ts';
import { makeSynopsis } from './make-synopsis.ts';
import { verifyCitations } from './verify-citations.ts';

const paragraph = [
  'Кэш хранит результаты дорогих вычислений, чтобы повторный запрос выполнялся быстрее.',
  'Инвалидация кэша — это удаление записей, которые перестали соответствовать источнику.',
  'В 2024 году команда сократила время ответа сервиса с 900 до 120 миллисекунд.',
  'Решили перенести хранение сессий в Redis до 15 марта, отвечает Анна.',
  'Главная трудность состоит в том, что устаревшие данные опаснее медленных.',
].join(' ');
const text = Array.from(
  { length: 4 },
  (_, n) => `${paragraph} Часть ${n + 1} описывает отдельный случай из практики команды разработки.`,
).join('\n');

function inputOf(
  sources: TaskInput<'synopsis.make'>['sources'],
  over: Partial<TaskInput<'synopsis.make'>> = {},
): TaskInput<'synopsis.make'> {
  return {
    title: 'Кэш',
    detail: 'standard',
    template: 'lecture',
    language: 'ru',
    sections: ['summary', 'theses', 'contradictions'],
    missingBefore: 0,
    model: null,
    sources,
    coverage: [],
    stagingDir: '/nowhere',
    ...over,
  };
}

describe('makeSynopsis', () => {
  test('records each planned section with quotes found in the snapshot', async () => {
    const snapshot = snapshotOf(text);
    const { context, steps, progress } = directContext<'synopsis.make'>();
    const output = await makeSynopsis(inputOf([storeSnapshot(temporaryFolder(), snapshot)]), context);
    expect([...steps.keys()]).toEqual(['section:summary', 'section:theses', 'section:contradictions']);
    const summary = taskSpecs['synopsis.make'].steps.section.parse(steps.get('section:summary'));
    expect(summary.items.length).toBeGreaterThan(0);
    for (const { citations } of summary.items)
      for (const citation of citations) {
        expect(citation.support).toBe('verified');
        expect(text.slice(citation.start ?? -1, citation.end ?? -1)).toBe(citation.quote);
      }
    expect(steps.get('section:contradictions')).toMatchObject({ items: [], emptyReason: 'needs_model' });
    expect(taskSpecs['synopsis.make'].output.parse(output)).toEqual(output);
    expect(output.coverage).toMatchObject([{ state: 'used', charCount: text.length, pageCount: null, pagesRead: null }]);
    expect(output.issues).toEqual([]);
    expect(progress.at(-1)).toEqual({ phase: 'section', label: null, done: 3, total: 3 });
  });

  test('without a model it is the built-in engine’s work, step for step and word for word', async () => {
    const snapshot = snapshotOf(text);
    const source = storeSnapshot(temporaryFolder(), snapshot);
    const { context, steps, charged } = directContext<'synopsis.make'>();
    await makeSynopsis(inputOf([source], { sections: [...sectionKinds] }), context);
    const prepared = prepareSources([{ input: source, snapshot }], 'ru');
    expect([...steps]).toEqual(
      sectionKinds.map(kind => [
        `section:${kind}`,
        { ...makeSection(kind, prepared, { detail: 'standard', planned: sectionKinds }), material: [snapshot.hash] },
      ]),
    );
    expect(charged).toEqual([]);
  });

  test('counts what is missing in recorded sections, too, and keeps what main knew of other sources', async () => {
    const snapshot = snapshotOf(text, {
      pages: [{ number: 1, start: 0, end: 10 }],
      warnings: [{ code: 'pages_need_ocr', count: 1, detail: null }],
    });
    const source = storeSnapshot(temporaryFolder(), snapshot);
    const recorded: Section = {
      kind: 'summary',
      emptyReason: null,
      provenance: { kind: 'extractive', version: '1' },
      items: [
        {
          id: 'summary-1',
          text: 't',
          citations: [
            {
              source: source.source,
              snapshotHash: snapshot.hash,
              quote: 'нет',
              prefix: '',
              suffix: '',
              start: null,
              end: null,
              page: null,
              messageId: null,
              support: 'missing',
            },
          ],
        },
      ],
    };
    const { context, steps } = directContext<'synopsis.make'>({ recorded: new Map([['section:summary', recorded]]) });
    const failedLine = {
      source: { kind: 'chat' as const },
      title: 'c',
      snapshotHash: null,
      state: 'failed' as const,
      reason: 'damaged',
      charCount: 0,
      pageCount: null,
      pagesRead: null,
      warnings: [],
    };
    const output = await makeSynopsis(inputOf([source], { sections: ['summary', 'theses'], coverage: [failedLine] }), context);
    expect([...steps.keys()]).toEqual(['section:theses']);
    expect(output.coverage.map(line => line.state)).toEqual(['failed', 'used']);
    expect(output.coverage[1]).toMatchObject({ pageCount: 1, pagesRead: 0 });
    expect(output.issues).toEqual([
      { code: 'source_failed', count: 1 },
      { code: 'source_incomplete', count: 1 },
      { code: 'citation_missing', count: 1 },
    ]);
  });

  test('says so when there is little text, and refuses when there is none', async () => {
    const { context } = directContext<'synopsis.make'>();
    const little = await makeSynopsis(inputOf([storeSnapshot(temporaryFolder(), snapshotOf('Коротко.'))]), context);
    expect(little.issues).toEqual([{ code: 'too_little_text', count: 1 }]);
    await expect(makeSynopsis(inputOf([]), context)).rejects.toMatchObject({ code: 'no_sources', retryable: false });
  });

  test('refuses a snapshot that is not what was asked for, without a path in its sentence', async () => {
    const folder = temporaryFolder();
    const { context } = directContext<'synopsis.make'>();
    const good = snapshotOf(text);
    const contents = [
      'not json',
      '{}',
      JSON.stringify({ ...good, text: `${text}!` }),
      JSON.stringify({ ...good, segments: [{ ...good.segments[0], end: text.length + 1 }] }),
    ];
    for (const content of contents) {
      const damaged = makeSynopsis(inputOf([storeSnapshot(folder, good, content)]), context);
      await expect(damaged).rejects.toMatchObject({ code: 'snapshot_damaged', retryable: false });
      await expect(damaged).rejects.not.toThrow(folder);
    }
    const absent = { ...storeSnapshot(folder, good), path: `${folder}/absent.json` };
    await expect(makeSynopsis(inputOf([absent]), context)).rejects.toMatchObject({ code: 'snapshot_damaged', retryable: false });
    const unreadable = makeSynopsis(inputOf([{ ...absent, path: folder }]), context);
    await expect(unreadable).rejects.toMatchObject({ code: 'snapshot_unreadable', retryable: true });
    await expect(unreadable).rejects.not.toThrow(folder);
  });

  test('leaves a damaged source out and names it, as long as there is another', async () => {
    const folder = temporaryFolder();
    const { context } = directContext<'synopsis.make'>();
    const good = storeSnapshot(folder, snapshotOf(text));
    const damaged = storeSnapshot(folder, snapshotOf(`${text} И ещё одно предложение.`), 'not json');
    const { coverage, issues } = await makeSynopsis(inputOf([damaged, good]), context);
    expect(coverage.map(({ source, state, reason }) => ({ source, state, reason }))).toEqual([
      { source: good.source, state: 'used', reason: null },
      { source: damaged.source, state: 'failed', reason: 'snapshot_damaged' },
    ]);
    expect(issues).toEqual([{ code: 'source_failed', count: 1 }]);
  });

  test('stops between sections when it is cancelled', async () => {
    const { context, abort, steps } = directContext<'synopsis.make'>();
    const making = makeSynopsis(inputOf([storeSnapshot(temporaryFolder(), snapshotOf(text))]), {
      ...context,
      report: news => {
        if (news.phase === 'section') abort.abort(new Error('cancelled'));
      },
    });
    await expect(making).rejects.toThrow('cancelled');
    expect(steps.size).toBe(0);
  });
});

describe('verifyCitations', () => {
  const snapshot = snapshotOf('Он сказал: «ждём ещё 5 дней». Потом ждём ещё 5 дней снова.');
  const source = { kind: 'chat' } as const;
  const quoted = (quote: string, start: number | null, end: number | null) =>
    verifyCitations(
      {
        kind: 'summary',
        emptyReason: null,
        provenance: { kind: 'extractive', version: '1' },
        items: [
          {
            id: 's',
            text: 't',
            citations: [
              {
                source,
                snapshotHash: snapshot.hash,
                quote,
                prefix: '',
                suffix: '',
                start,
                end,
                page: null,
                messageId: null,
                support: 'verified',
              },
            ],
          },
        ],
      },
      new Map([[snapshot.hash, snapshot]]),
    ).items[0]?.citations[0];

  test('keeps the place that was named', () => {
    const at = snapshot.text.lastIndexOf('ждём');
    expect(quoted('ждём ещё 5 дней', at, at + 15)).toMatchObject({ support: 'verified', start: at });
  });
  test('finds a quote whose place is wrong and gives the words of the source', () => {
    expect(quoted('"ждем еще 5 дней"', 0, 3)).toMatchObject({ support: 'verified', start: 11, quote: '«ждём ещё 5 дней»' });
  });
  test('marks what is not there whatever was claimed', () => {
    expect(quoted('ждём ещё 6 дней', 0, 4)).toMatchObject({ support: 'missing', start: null, end: null });
  });
});
