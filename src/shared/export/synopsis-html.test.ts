import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { noteId } from '../domain/ids.ts';
import { languages } from '../domain/language.ts';
import { nasty, sectionsOf, versionWith } from '../../../test/support/synopsis/sample-version.ts';
import { synopsisContent } from './synopsis-content.ts';
import { htmlOf } from './synopsis-html.ts';

const flat = (text: string) => text.replace(/\s+/gu, ' ').trim();

describe.each(languages)('in %s', language => {
  const html = htmlOf(synopsisContent(versionWith({ title: '<b>Заголовок</b> & "co"', sections: sectionsOf(nasty) }), language));
  const { document } = parseHTML(html);

  test('what the material says is text and never a tag', () => {
    expect(document.querySelectorAll('script, img, b b, input')).toHaveLength(0);
    expect(document.querySelector('h1')?.textContent).toBe('<b>Заголовок</b> & "co"');
    const theses = [...document.querySelectorAll('section.theses li')].map(item => {
      for (const mark of item.querySelectorAll('sup')) mark.remove();
      return flat(item.textContent ?? '');
    });
    expect(theses).toEqual(nasty.map(flat));
  });

  test('every mark leads to its note, and every note back to the first mark', () => {
    const marks = [...document.querySelectorAll('sup a')];
    expect(marks.length).toBeGreaterThan(nasty.length);
    for (const mark of marks) expect(document.querySelector(mark.getAttribute('href') ?? '')?.getAttribute('id')).toMatch(/^note-/u);
    for (const back of document.querySelectorAll('[role=doc-backlink]'))
      expect(document.querySelector(back.getAttribute('href') ?? '')?.localName).toBe('sup');
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the page loads nothing and runs nothing', () => {
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'");
    expect(html).not.toMatch(/\b(?:src|srcset|action)=|https?:/u);
  });
});

test('a person’s note is set off, and is their words as they typed them', () => {
  const note = { id: noteId.parse('01890000-0000-7000-8000-0000000000f1'), after: 'summary' as const, createdAtMs: 1, updatedAtMs: 1 };
  const noted = versionWith({ notes: [{ ...note, text: 'Спросить <про> музей.\n\nИ лодку.' }] });
  const { document } = parseHTML(htmlOf(synopsisContent(noted, 'ru')));
  const paragraphs = [...(document.querySelector('aside.note')?.querySelectorAll('p') ?? [])].map(paragraph => paragraph.textContent);
  expect(paragraphs).toEqual(['Моя заметка', 'Спросить <про> музей.', 'И лодку.']);
  expect(document.querySelector('section.summary + aside.note')).not.toBeNull();
});
