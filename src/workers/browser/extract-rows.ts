import type { Page } from 'playwright-core';
import type { ExtractSchema } from '../../shared/domain/browser.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** Characters of one cell. */
const cellLimit = 5_000;

interface PageNode {
  readonly innerText?: string;
  readonly textContent: string | null;
  readonly href?: string;
  readonly src?: string;
  querySelector(css: string): PageNode | null;
  matches(css: string): boolean;
}

/** A row for each element that `rows` selects; a field that is not in it is null. */
export async function extractRows(page: Page, schema: ExtractSchema): Promise<readonly Row[]> {
  const raw = await page.locator(schema.rows).evaluateAll(readRows as (nodes: unknown[], asked: ReadAs) => string[][], {
    fields: schema.fields,
    limit: schema.limit,
    cellLimit,
  });
  return raw.map(cells =>
    Object.fromEntries(
      schema.fields.map(({ name, take }, at) => [name, take === 'number' ? readNumber(cells[at] ?? null) : (cells[at] ?? null)]),
    ),
  );
}

interface ReadAs {
  readonly fields: ExtractSchema['fields'];
  readonly limit: number;
  readonly cellLimit: number;
}

/** Runs in the page: it may use nothing of this file. */
function readRows(nodes: PageNode[], { fields, limit, cellLimit: most }: ReadAs): (string | null)[][] {
  return nodes.slice(0, limit).map(node =>
    fields.map(({ css, take }) => {
      const found = node.matches(css) ? node : node.querySelector(css);
      if (found === null) return null;
      const value = take === 'link' ? found.href : take === 'image' ? found.src : (found.innerText ?? found.textContent);
      return (value ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, most);
    }),
  );
}

/** The first number in a text, as both languages write it: `1 299,90 ₽`, `$1,299.90`. Null where there is none. */
export function readNumber(text: string | null): number | null {
  const found = /-?\d(?:[\d\s\u00a0\u202f.,’']*\d)?/u.exec(text ?? '')?.[0].replaceAll(/[\s\u00a0\u202f’']/gu, '');
  if (found === undefined) return null;
  // The last mark is the decimal one, unless exactly three figures follow it and it stands for thousands.
  const mark = Math.max(found.lastIndexOf(','), found.lastIndexOf('.'));
  const digitsAfter = mark < 0 ? 0 : found.length - mark - 1;
  const marks = found.replaceAll(/[^.,]/gu, '');
  const isThousands = digitsAfter === 3 && new Set(marks).size === 1;
  const whole = (mark < 0 || isThousands ? found : found.slice(0, mark)).replaceAll(/[.,]/gu, '');
  const value = Number(mark < 0 || isThousands ? whole : `${whole}.${found.slice(mark + 1)}`);
  return Number.isFinite(value) ? value : null;
}
