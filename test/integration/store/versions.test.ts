import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 } from 'uuid';
import type { Store } from '../../../src/main/store/store.ts';
import { noteId, type SessionId, type VersionId } from '../../../src/shared/domain/ids.ts';
import type { SectionKind, VersionTrigger } from '../../../src/shared/domain/synopsis.ts';
import { addDocument, addSession, coverageOf, newId, noonMs, plainStore, sectionOf, testFolder } from './store-fixture.ts';
import type { PlainStore, TestFolder } from './store-fixture.ts';

let folder: TestFolder;
let opened: PlainStore;
let store: Store;
let session: SessionId;
let clock: number;
beforeEach(() => {
  folder = testFolder();
  opened = plainStore(folder.root);
  store = opened.store;
  session = addSession(store);
  clock = noonMs;
});
afterEach(() => {
  opened.close();
  folder.remove();
});

const tick = (): number => (clock += 1_000);
const by = () => ({ versionId: newId.version(), atMs: tick() });

function begin(trigger: VersionTrigger, basedOn: VersionId | null, only: SectionKind[] | null): VersionId {
  return store.synopses.startVersion({
    versionId: newId.version(),
    synopsisId: newId.synopsis(),
    sessionId: session,
    jobId: newId.job(),
    title: 'Лекция',
    detail: 'standard',
    language: 'ru',
    template: 'lecture',
    plannedSections: ['summary', 'theses'],
    coverage: [coverageOf(trigger)],
    requestKey: null,
    atMs: tick(),
    trigger,
    basedOn,
    only,
  }).id;
}

function make(
  trigger: VersionTrigger,
  texts: Partial<Record<'summary' | 'theses', string>>,
  basedOn: VersionId | null = null,
  only: SectionKind[] | null = null,
): VersionId {
  const id = begin(trigger, basedOn, only);
  for (const kind of ['summary', 'theses'] as const) {
    const text = texts[kind];
    if (text !== undefined) store.synopses.addSection(id, sectionOf(kind, text));
  }
  store.synopses.finishVersion(id, {
    state: 'ready',
    coverage: [coverageOf(trigger)],
    issues: [],
    atMs: tick(),
    noteVersionId: newId.version(),
  });
  return id;
}

const textsOf = (version: VersionId | null) =>
  store.synopses.open(session, version)?.sections.map(({ kind, items }) => [kind, items[0]?.text]);
const history = () =>
  store.synopses.heads(session).map(({ number, trigger, jobId, madeBy }) => [number, trigger, jobId !== null, madeBy.length]);

describe('versions', () => {
  test('a refresh is a proposal: what came out as it was is settled, the rest waits, and what is taken is a version', () => {
    const first = make('request', { summary: 'Кратко', theses: 'Старое' });
    const proposal = make('refresh', { summary: 'Кратко', theses: 'Новое' }, first, ['summary', 'theses']);
    expect(textsOf(null)).toEqual([
      ['summary', 'Кратко'],
      ['theses', 'Старое'],
    ]);
    expect(history()).toEqual([[1, 'request', true, 1]]);
    const open = store.synopses.proposal(session);
    expect(open?.head.id).toBe(proposal);
    expect(open?.sections.map(({ kind }) => kind)).toEqual(['theses']);

    const taken = store.synopses.accept(proposal, ['summary', 'theses'], by());
    expect(taken).toMatchObject({ number: 2, trigger: 'refresh', jobId: null, basedOn: first });
    expect(textsOf(null)).toEqual([
      ['summary', 'Кратко'],
      ['theses', 'Новое'],
    ]);
    expect(store.synopses.proposal(session)).toBeNull();
    expect(store.synopses.accept(proposal, ['theses'], by())).toBeNull();
    expect(textsOf(first)?.[1]).toEqual(['theses', 'Старое']);
  });

  test('what a section knows of is the material it was made of, or was last held against', () => {
    const first = make('request', { summary: 'Кратко', theses: 'Старое' });
    const materialOf = (kind: SectionKind): string | undefined =>
      store.synopses.materials(store.synopses.current(session)?.id ?? first).find(each => each.kind === kind)?.coverage[0]?.title;
    const proposal = make('refresh', { summary: 'Кратко', theses: 'Новое' }, first, ['summary', 'theses']);
    expect([materialOf('summary'), materialOf('theses')]).toEqual(['refresh', 'request']);
    store.synopses.reject(proposal, ['theses'], tick());
    expect(store.synopses.proposal(session)).toBeNull();
    expect([materialOf('summary'), materialOf('theses')]).toEqual(['refresh', 'refresh']);
    make('regenerate', { theses: 'Ещё' }, first, ['theses']);
    expect([materialOf('summary'), materialOf('theses')]).toEqual(['refresh', 'regenerate']);
    expect(textsOf(null)?.[1]).toEqual(['theses', 'Ещё']);
  });

  test('a version is made of everything that its sections are made of, whoever made them', () => {
    const documents = ['a', 'b', 'c'].map(title => ({
      ...coverageOf(title),
      source: { kind: 'document' as const, documentId: addDocument(store, session, `${title}.txt`) },
    }));
    const made = (trigger: VersionTrigger, of: typeof documents, basedOn: VersionId | null, only: SectionKind[] | null): VersionId => {
      const id = begin(trigger, basedOn, only);
      for (const kind of only ?? (['summary', 'theses'] as const))
        if (kind === 'summary' || kind === 'theses') store.synopses.addSection(id, sectionOf(kind, trigger));
      store.synopses.finishVersion(id, { state: 'ready', coverage: of, issues: [], atMs: tick() });
      return id;
    };
    const titles = () => (store.synopses.open(session, null)?.coverage ?? []).map(({ title }) => title);
    const first = made('request', documents.slice(0, 2), null, null);
    // "a" was taken out of the chat before one section was made anew: the other still stands on it.
    const second = made('regenerate', documents.slice(1), first, ['theses']);
    expect(titles().sort()).toEqual(['a', 'b', 'c']);
    expect(store.library.list({ before: null, limit: 9, search: '' }).synopses).toMatchObject([{ sourceCount: 3 }]);
    expect(store.synopses.materials(second).map(({ kind, coverage }) => [kind, coverage.map(({ title }) => title)])).toEqual([
      ['summary', ['a', 'b']],
      ['theses', ['b', 'c']],
    ]);
    const refreshed = made('refresh', documents.slice(2), second, ['summary']);
    store.synopses.accept(refreshed, ['summary'], by());
    expect(titles().sort()).toEqual(['b', 'c']);
  });

  test('an older proposal waits until it is decided about, whatever came of newer ones', () => {
    const first = make('request', { summary: 'Кратко', theses: 'Старое' });
    const older = make('refresh', { summary: 'Новое', theses: 'Новое' }, first, ['summary', 'theses']);
    const waits = () => {
      const open = store.synopses.proposal(session);
      return open === null ? null : [open.head.id, open.sections.map(({ kind }) => kind)];
    };
    // Nothing new came of it.
    make('refresh', { theses: 'Старое' }, first, ['theses']);
    // What is known of the section now is that it came out as it was.
    expect(waits()).toEqual([older, ['summary']]);
    const stopped = begin('refresh', first, ['summary']);
    store.synopses.finishVersion(stopped, { state: 'cancelled', atMs: tick() });
    expect(waits()).toEqual([older, ['summary']]);
    const failed = begin('regenerate', first, ['theses']);
    store.synopses.finishVersion(failed, { state: 'failed', atMs: tick() });
    expect(waits()).toEqual([older, ['summary']]);
    // Another makes the same section: the newer of them is asked about.
    const newer = make('refresh', { summary: 'Ещё новее' }, first, ['summary']);
    expect(waits()).toEqual([newer, ['summary']]);
    store.synopses.reject(newer, ['summary'], tick());
    expect(waits()?.[0]).toBe(failed);
  });

  test('a section that a person had made anew is not proposed to be as it was before', () => {
    const first = make('request', { summary: 'Кратко', theses: 'Старое' });
    const proposal = make('refresh', { summary: 'Новое', theses: 'Новое' }, first, ['summary', 'theses']);
    make('regenerate', { theses: 'По указанию' }, first, ['theses']);
    expect(store.synopses.proposal(session)?.sections.map(({ kind }) => kind)).toEqual(['summary']);
    expect(store.synopses.accept(proposal, ['theses'], by())).toBeNull();
  });

  test('what is amiss with sections is counted in those that the version has', () => {
    const first = begin('request', null, null);
    store.synopses.addSection(first, { ...sectionOf('summary', 'Кратко'), leftOut: 2 });
    store.synopses.addSection(first, { ...sectionOf('theses', 'Старое'), leftOut: 3, isStandIn: true });
    const others = { code: 'source_failed', count: 1 } as const;
    store.synopses.finishVersion(first, { state: 'ready', coverage: [], issues: [others], atMs: tick() });
    const issues = () => store.synopses.current(session)?.issues;
    expect(issues()).toEqual([others, { code: 'items_left_out', count: 5 }, { code: 'section_without_model', count: 1 }]);
    make('regenerate', { theses: 'Новое' }, first, ['theses']);
    expect(issues()).toEqual([{ code: 'items_left_out', count: 2 }]);
  });

  test('a regeneration takes its place when it is ready; until then and when it fails the version before stands', () => {
    const first = make('request', { summary: 'Кратко', theses: 'Старое' });
    const making = begin('regenerate', first, ['theses']);
    expect(store.synopses.proposal(session)?.head).toMatchObject({ id: making, state: 'making', only: ['theses'] });
    expect(textsOf(null)).toHaveLength(2);
    store.synopses.finishVersion(making, { state: 'failed', atMs: tick() });
    expect(store.synopses.proposal(session)?.head.state).toBe('failed');
    expect(store.synopses.current(session)?.id).toBe(first);
    make('regenerate', { theses: 'Новое' }, first, ['theses']);
    expect(history()).toEqual([
      [2, 'regenerate', true, 1],
      [1, 'request', true, 1],
    ]);
    expect(store.synopses.proposal(session)).toBeNull();
  });

  test('restoring and undoing add versions, and rewrite none', () => {
    const first = make('request', { summary: 'Раз', theses: 'Раз' });
    const second = make('request', { summary: 'Два', theses: 'Два' });
    expect(store.synopses.beforeCurrent(session)?.id).toBe(first);
    expect(store.synopses.restore(first, { ...by(), withNotes: false })).toMatchObject({ number: 3, trigger: 'restore', basedOn: first });
    expect(textsOf(null)?.[0]).toEqual(['summary', 'Раз']);
    expect(textsOf(second)?.[0]).toEqual(['summary', 'Два']);
    expect(store.synopses.beforeCurrent(session)?.id).toBe(second);
    begin('request', null, null);
    expect(store.synopses.restore(second, { ...by(), withNotes: false })).toBeNull();
  });

  test('a note is in every later version, and a change of it is one', () => {
    make('request', { summary: 'Раз', theses: 'Раз' });
    const id = noteId.parse(v7());
    const notes = (version: VersionId | null = null) => store.synopses.open(session, version)?.notes.map(({ text }) => text);
    const put = (text: string) => store.synopses.changeNote(session, { change: 'put', id, after: 'summary', text }, by());
    expect(put('Спросить Глеба')?.version).toMatchObject({ number: 2, trigger: 'note', jobId: null, madeBy: [] });
    expect(put('Спросить Глеба')).toBeNull();
    make('request', { summary: 'Два', theses: 'Два' });
    expect(notes()).toEqual(['Спросить Глеба']);
    const noted = store.synopses.current(session)?.id ?? null;

    // While one is being made a note waits for its end; where that is no new version, it makes its own.
    const making = begin('request', null, null);
    expect(put('Спросить Анну')).toEqual({ version: null });
    expect(notes(making)).toEqual(['Спросить Анну']);
    store.synopses.finishVersion(making, { state: 'cancelled', atMs: tick(), noteVersionId: newId.version() });
    expect(store.synopses.current(session)).toMatchObject({ trigger: 'note' });
    expect(store.library.list({ before: null, limit: 9, search: 'анна' }).synopses).toHaveLength(1);

    store.synopses.changeNote(session, { change: 'remove', id }, by());
    expect(notes(store.synopses.current(session)?.id ?? null)).toEqual([]);
    expect(notes(noted)).toEqual(['Спросить Глеба']);
    const before = store.synopses.beforeCurrent(session);
    if (before !== null) store.synopses.restore(before.id, { ...by(), withNotes: true });
    expect(store.synopses.presentNotes(session).map(({ text }) => text)).toEqual(['Спросить Анну']);
    expect(() => opened.db.exec("UPDATE synopsis_version_notes SET notes = '[]'")).toThrow(/immutable/u);
  });
});

describe('the library', () => {
  test('narrows down by each filter, and pages through what is left', () => {
    const all = ['Физика', 'История', 'Химия'].map(title => {
      session = addSession(store, { title });
      return make('request', { summary: title, theses: 'Общее' });
    });
    const ids = all.map(version => store.synopses.head(version)?.synopsisId);
    const list = (filter: object) =>
      store.library.list({ before: null, limit: 9, search: '', ...filter }).synopses.map(each => each.versionId);
    expect(list({})).toEqual([...all].reverse());
    expect(list({ template: 'meeting' })).toEqual([]);
    expect(list({ language: 'ru', template: 'lecture' })).toHaveLength(3);
    expect(list({ withIssues: true })).toEqual([]);
    store.synopses.setStale(session, true);
    expect(list({ isStale: true })).toEqual([all[2]]);
    const [first, second] = ids;
    if (first === undefined || second === undefined) throw new Error('They were made.');
    expect(store.library.setTags(first, ['Учёба', 'дом'])).toEqual(['дом', 'Учёба']);
    expect(store.library.setTags(second, ['УЧЕБА'])).toEqual(['Учёба']);
    expect(list({ tag: 'учеба' })).toEqual([all[1], all[0]]);
    expect(store.library.list({ before: null, limit: 1, search: 'общее', tag: 'Учёба' })).toMatchObject({
      synopses: [{ versionId: all[1], tags: ['Учёба'] }],
      next: expect.any(String),
    });
    expect(store.library.tags()).toEqual([
      { name: 'дом', count: 1 },
      { name: 'Учёба', count: 2 },
    ]);
    expect(store.library.renameTag('дом', 'Учёба')).toBe(true);
    expect(store.library.tags()).toEqual([{ name: 'Учёба', count: 2 }]);
    expect(store.library.removeTag('учёба')).toBe(true);
    expect(store.library.removeTag('учёба')).toBe(false);
    expect(store.library.setTags(newId.synopsis(), ['x'])).toBeNull();
  });
});
