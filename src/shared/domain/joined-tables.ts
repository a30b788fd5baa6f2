import type { ExtractedTable } from './browser.ts';
import type { Language } from './language.ts';
import { pluralIn } from './plural.ts';

interface Words {
  readonly page: string;
  readonly address: string;
  readonly title: (pages: number) => string;
}
const pagesIn = { ru: pluralIn('ru'), en: pluralIn('en') };
export const joinedWords: Readonly<Record<Language, Words>> = {
  ru: {
    page: 'Страница',
    address: 'Адрес',
    title: count => `Сравнение: ${pagesIn.ru(count, { one: '# страница', few: '# страницы', many: '# страниц', other: '# страницы' })}`,
  },
  en: { page: 'Page', address: 'Address', title: count => `Comparison: ${pagesIn.en(count, { one: '# page', other: '# pages' })}` },
};

/** As one table is bounded; the two columns of a page come to the others. */
const rowLimit = 10_000;
const columnLimit = 30 - 2;

/** Those that belong in one table, in the order of the first of each: the same columns, read from several pages. */
export function groupTables<T extends { readonly columns: readonly string[]; readonly rows: readonly unknown[] }>(
  tables: readonly T[],
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const table of tables) {
    const key = JSON.stringify(table.columns);
    groups.set(key, [...(groups.get(key) ?? []), table]);
  }
  return [...groups.values()].flatMap(group =>
    group.every(({ columns }) => columns.length <= columnLimit) && group.reduce((sum, { rows }) => sum + rows.length, 0) <= rowLimit
      ? [group]
      : group.map(table => [table]),
  );
}

/** How each page of a comparison is called: by its title, or by its site where titles are the same. */
export function pageNames(pages: readonly Pick<ExtractedTable, 'title' | 'url'>[]): readonly string[] {
  const titles = new Set(pages.map(({ title }) => title.trim()));
  const isTold = titles.size === new Set(pages.map(({ url }) => url)).size && !titles.has('');
  return pages.map(({ title, url }) => (isTold ? title.trim() : [title.trim(), hostOf(url)].filter(Boolean).join(', ')));
}

/**
 * Rows of the same columns from several pages under one another, with the page that each was read from: what was gathered for a
 * comparison can be compared. The table has the step of its first part.
 */
export function joinTables(tables: readonly ExtractedTable[], language: Language): readonly ExtractedTable[] {
  return groupTables(tables).flatMap(group => {
    const [first] = group;
    if (first === undefined || new Set(group.map(({ url }) => url)).size < 2) return group;
    const words = joinedWords[language];
    const page = notAmong(first.columns, words.page);
    const address = notAmong(first.columns, words.address);
    const names = pageNames(group);
    return [
      {
        step: first.step,
        url: first.url,
        title: words.title(new Set(group.map(({ url }) => url)).size),
        columns: [page, ...first.columns, address],
        rows: group.flatMap(({ url, rows }, at) => rows.map(row => ({ ...row, [page]: names[at] ?? null, [address]: url }))),
      },
    ];
  });
}

function hostOf(url: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/([^/?#]+)/iu.exec(url)?.[1] ?? url;
}

function notAmong(columns: readonly string[], name: string): string {
  return columns.includes(name) ? notAmong(columns, `${name} *`) : name;
}
