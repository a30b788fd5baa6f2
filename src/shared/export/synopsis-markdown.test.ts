import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Nodes, Root } from 'mdast';
import { describe, expect, test } from 'vitest';
import { documentErrorCodes } from '../domain/document.ts';
import { noteId } from '../domain/ids.ts';
import { languages } from '../domain/language.ts';
import { snapshotWarningCodes } from '../domain/snapshot.ts';
import { synopsisIssueCodes, type Section } from '../domain/synopsis.ts';
import { coverageLine, nasty, sectionsOf, versionWith } from '../../../test/support/synopsis/sample-version.ts';
import { synopsisMarkdown } from './synopsis-markdown.ts';

const body = (markdown: string) => markdown.replace(/^---\n[\s\S]*?\n---\n/u, '');
const parse = (markdown: string): Root => fromMarkdown(body(markdown), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

function all<T extends Nodes['type']>(root: Nodes, type: T): Extract<Nodes, { type: T }>[] {
  const inside = 'children' in root ? root.children.flatMap(child => all(child, type)) : [];
  return root.type === type ? [root as Extract<Nodes, { type: T }>, ...inside] : inside;
}

const textOf = (node: Nodes): string => ('children' in node ? node.children.map(textOf).join('') : 'value' in node ? node.value : '');

describe.each(languages)('in %s', language => {
  test('every footnote that is named is there once, and every one that is there is named', () => {
    const root = parse(synopsisMarkdown(versionWith({ sections: sectionsOf(nasty) }), language).markdown);
    const named = all(root, 'footnoteReference').map(node => node.identifier);
    const defined = all(root, 'footnoteDefinition').map(node => node.identifier);
    expect(defined.length).toBeGreaterThan(0);
    expect(new Set(named)).toEqual(new Set(defined));
    expect(new Set(defined).size).toBe(defined.length);
  });

  test.each(nasty)('%j is shown as it is written', text => {
    const root = parse(
      synopsisMarkdown(versionWith({ title: text, sections: sectionsOf([text]), coverage: [coverageLine({ title: text })] }), language)
        .markdown,
    );
    const shown = text.replace(/\s+/gu, ' ').trim();
    for (const type of ['html', 'code', 'inlineCode', 'link', 'image', 'delete', 'table', 'thematicBreak', 'emphasis'] as const) {
      const found = all(root, type).map(textOf);
      // The one emphasis is the line of the empty sections.
      expect(found, type).toHaveLength(type === 'emphasis' ? 1 : 0);
    }
    expect(
      all(root, 'heading')
        .filter(heading => heading.depth === 1)
        .map(textOf),
    ).toEqual([shown]);
    expect(all(root, 'heading').every(heading => heading.depth <= 2)).toBe(true);
    // The one quote is the sentence about the engine.
    expect(all(root, 'blockquote')).toHaveLength(1);
    // Lists are those of the sections and of the sources, none of them inside another.
    expect(all(root, 'list').flatMap(list => list.children.flatMap(item => all(item, 'list')))).toEqual([]);
    for (const strong of all(root, 'strong')) expect(textOf(strong)).toBe(`${shown}.`);
    for (const definition of all(root, 'footnoteDefinition')) expect(textOf(definition)).toContain(shown);
  });

  test('no code of the program reaches the reader', () => {
    const coverage = [
      ...documentErrorCodes.map(reason => coverageLine({ state: 'failed', reason })),
      coverageLine({ state: 'failed', reason: 'not_ready' }),
      coverageLine({ state: 'skipped', reason: 'duplicate' }),
      coverageLine({ pageCount: 10, pagesRead: 7, warnings: snapshotWarningCodes.map(code => ({ code, count: 1, detail: '2' })) }),
    ];
    const { markdown } = synopsisMarkdown(
      versionWith({ coverage, issues: synopsisIssueCodes.map(code => ({ code, count: 1 })) }),
      language,
    );
    const prose = textOf(parse(markdown));
    expect(prose).not.toMatch(/[a-z]+_[a-z]+/u);
    for (const code of ['duplicate', 'cancelled', 'undefined', 'null']) if (language === 'ru') expect(prose).not.toContain(code);
    expect(prose).toContain(language === 'ru' ? 'прочитано страниц: 7 из 10' : 'pages read: 7 of 10');
  });
});

test('the chat as a source has a name of its own', () => {
  const { markdown } = synopsisMarkdown(versionWith({ coverage: [coverageLine({ source: { kind: 'chat' }, title: '' })] }), 'ru');
  expect(body(markdown)).toContain('- Переписка в чате (прочитан)');
});

test.each([
  ['ru', '_Не найдено в материалах: хронология, решения. Нужна языковая модель: противоречия._'],
  ['en', '_Not found in the material: timeline, decisions. Needs a language model: contradictions._'],
] as const)('sections that hold nothing share one line after the others, in %s', (language, line) => {
  const provenance = { kind: 'extractive' as const, version: '1' };
  const [summary] = sectionsOf(['One.']);
  const sections: Section[] = [
    ...(summary === undefined ? [] : [summary]),
    { kind: 'timeline', items: [], emptyReason: 'nothing_found', provenance },
    { kind: 'decisions', items: [], emptyReason: 'nothing_found', provenance },
    { kind: 'contradictions', items: [], emptyReason: 'needs_model', provenance },
  ];
  const { markdown } = synopsisMarkdown(versionWith({ sections }), language);
  const headings = all(parse(markdown), 'heading').map(textOf);
  expect(headings).toEqual(['A title', ...(language === 'ru' ? ['Коротко', 'Источники'] : ['In short', 'Sources'])]);
  expect(
    body(markdown)
      .split('\n')
      .filter(each => each.startsWith('_')),
  ).toEqual([line]);
});

test('a person’s notes stand where they were written, as they were written, and never inside a section', () => {
  const note = (after: 'summary' | 'questions' | null, text: string, n: number) => ({
    id: noteId.parse(`01890000-0000-7000-8000-0000000000f${n}`),
    after,
    text,
    createdAtMs: 1,
    updatedAtMs: 1,
  });
  const noted = versionWith({ notes: [note(null, 'Сначала', 1), note('questions', '**Потом**\n\n- раз', 2)] });
  const { markdown } = synopsisMarkdown(noted, 'ru');
  expect(markdown).toContain('> **Моя заметка**\n>\n> Сначала\n\n## ');
  expect(markdown).toContain('> **Потом**\n>\n> - раз\n');
  expect(markdown.indexOf('> **Потом**')).toBeLessThan(markdown.indexOf('## Источники'));
});

test('authors of the sources are in the front matter once, and author and date in the source’s line', () => {
  const said = { author: 'Анна "Берг"', date: '1903-04' };
  const { markdown } = synopsisMarkdown(versionWith({ coverage: [coverageLine(said), coverageLine(said), coverageLine({})] }), 'ru');
  expect(markdown.match(/^authors:\n {2}- "Анна \\"Берг\\""\n(?! {2}-)/mu)).not.toBeNull();
  expect(markdown).toMatch(/^- .*\(Анна "Берг"; 1903-04; /mu);
  expect(synopsisMarkdown(versionWith({ coverage: [coverageLine({})] }), 'ru').markdown).not.toContain('authors:');
});

test.each(languages)('a quote of a recording says when it is said, in %s', language => {
  const sections = sectionsOf(['Words.']).map(section => ({
    ...section,
    items: section.items.map(item => ({ ...item, citations: item.citations.map(each => ({ ...each, page: null, timeMs: 3_612_250 })) })),
  })) as Section[];
  const { markdown } = synopsisMarkdown(versionWith({ sections }), language, () => ({ kind: 'paragraph', text: 'Words' }));
  expect(markdown).toContain(', 1:00:12');
  expect(markdown).not.toContain('1:00:12, ');
});
