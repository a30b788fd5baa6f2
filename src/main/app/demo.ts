import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v5 as uuidOf } from 'uuid';
import { sessionId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { SessionView } from '../../shared/domain/session.ts';
import { addDocument } from './calls/document-calls.ts';
import type { CallContext } from './calls/call-context.ts';
import { newId } from './new-id.ts';

interface Demo {
  readonly title: string;
  readonly documents: readonly { readonly file: string; readonly name: string }[];
}

const demos: Readonly<Record<Language, Demo>> = {
  ru: {
    title: 'Пример: как работает память',
    documents: [
      { file: 'ru-lecture.md', name: 'Лекция о забывании.md' },
      { file: 'ru-meeting.txt', name: 'Встреча учебной группы.txt' },
    ],
  },
  en: {
    title: 'Sample: how memory works',
    documents: [
      { file: 'en-lecture.md', name: 'Lecture on forgetting.md' },
      { file: 'en-meeting.txt', name: 'Study group meeting.txt' },
    ],
  },
};

/** Namespace of the demo's request keys (RFC 9562 version 5): opening it twice adds nothing twice. */
const keyNamespace = '0d3c7a52-5a8e-4b0f-9a9b-5f0e5a3c2b11';

/** The sample chat with its documents, read by the same jobs as anybody's. */
export async function openDemo(context: CallContext, language: Language): Promise<SessionView> {
  const { store, changes, now, samplesDir } = context;
  const demo = demos[language];
  const there = store.sessions.findDemo(language);
  const session =
    there ??
    store.sessions.insert({ id: newId(sessionId), title: demo.title, demoLanguage: language, requestKey: null, atMs: now() }).session;
  for (const { file, name } of demo.documents) {
    const requestKey = uuidOf(`${session.id} ${file}`, keyNamespace);
    if (store.documents.findByRequestKey(session.id, requestKey) !== null) continue;
    const stored = await store.artifacts.files.put(await readFile(join(samplesDir, file)));
    if (store.documents.findByOriginal(session.id, stored.sha256) !== null) continue;
    await addDocument(context, session.id, requestKey, {
      origin: { kind: 'file', name },
      original: stored.sha256,
      byteCount: stored.byteCount,
    });
  }
  changes.sessions([session.id]);
  return store.sessions.get(session.id) ?? session;
}
