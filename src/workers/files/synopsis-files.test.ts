import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { describe, expect, test } from 'vitest';
import { languages } from '../../shared/domain/language.ts';
import { synopsisContent } from '../../shared/export/synopsis-content.ts';
import { nasty, sectionsOf, versionWith } from '../../../test/support/synopsis/sample-version.ts';
import { apkgOf } from './synopsis-apkg.ts';
import { docxOf } from './synopsis-docx.ts';

const flat = (text: string) => text.replace(/\s+/gu, ' ').trim();
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** What XML cannot carry at all. */
const illegal = 'bell\u0007 and half \uD83D of a pair';
const contentIn = (language: 'ru' | 'en') => synopsisContent(versionWith({ sections: sectionsOf([...nasty, illegal]) }), language);

describe.each(languages)('a document for Word in %s', language => {
  test('is read back with all its text and its footnotes', async () => {
    const content = contentIn(language);
    const { value, messages } = await mammoth.extractRawText({ buffer: Buffer.from(await docxOf(content)) });
    expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
    const text = flat(value);
    for (const section of content.sections) expect(text).toContain(section.name);
    for (const statement of nasty) expect(text).toContain(flat(statement));
    expect(text).toContain('bell and half \uFFFD of a pair');
    const html = (await mammoth.convertToHtml({ buffer: Buffer.from(await docxOf(content)) })).value;
    const references = content.sections.flatMap(({ items }) => items.flatMap(({ marks }) => marks)).length;
    expect(html.match(/id="footnote-\d+"/gu)).toHaveLength(references);
  });

  test('is the same bytes each time', async () => {
    expect(sha(await docxOf(contentIn(language)))).toBe(sha(await docxOf(contentIn(language))));
  });
});

describe('a deck for Anki', () => {
  const opened = (bytes: Uint8Array) => new Database(Buffer.from(unzipSync(bytes)['collection.anki2'] ?? new Uint8Array()));

  test('is a collection whose notes have one card each, in a deck and of a kind that are there', () => {
    const bytes = apkgOf(contentIn('ru')) ?? expect.fail('There is a deck.');
    expect(strFromU8(unzipSync(bytes)['media'] ?? new Uint8Array())).toBe('{}');
    const db = opened(bytes);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const col = db.prepare('SELECT ver, models, decks, dconf FROM col').get() as Record<string, string>;
    expect(col['ver']).toBe(11);
    const models = JSON.parse(col['models'] ?? '') as Record<string, { flds: { name: string }[]; tmpls: { qfmt: string; afmt: string }[] }>;
    const decks = JSON.parse(col['decks'] ?? '') as Record<string, { name: string; conf: number }>;
    const notes = db
      .prepare('SELECT n.mid, n.guid, n.flds, n.csum, c.did, c.ord FROM notes AS n JOIN cards AS c ON c.nid = n.id')
      .all() as {
      mid: number;
      guid: string;
      flds: string;
      csum: number;
      did: number;
      ord: number;
    }[];
    expect(notes).toHaveLength(new Set([...nasty, illegal].map(text => flat(text).toLowerCase())).size);
    expect(new Set(notes.map(({ guid }) => guid)).size).toBe(notes.length);
    for (const note of notes) {
      const model = models[String(note.mid)] ?? expect.fail('The kind of note is there.');
      expect(note.flds.split('\u001F')).toHaveLength(model.flds.length);
      expect(model.tmpls[note.ord]?.qfmt).toBe('{{Вопрос}}');
      expect(decks[String(note.did)]?.name).toBe('Конспект: A title');
    }
    db.close();
  });

  test('is the same bytes each time, and none where nothing can be asked', () => {
    expect(sha(apkgOf(contentIn('en')) ?? new Uint8Array())).toBe(sha(apkgOf(contentIn('en')) ?? new Uint8Array([1])));
    expect(apkgOf(synopsisContent(versionWith({ sections: sectionsOf(['One.']).slice(0, 2) }), 'en'))).toBeNull();
  });
});
