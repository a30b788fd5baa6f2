import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { everyFormat } from '../../../test/support/documents/every-format.ts';
import { formatTable } from '../../shared/domain/document-formats.ts';
import { makeDocx } from '../../../test/support/documents/docx-file.ts';
import { makeHtmlPage } from '../../../test/support/documents/html-page.ts';
import { importBytes } from '../../../test/support/documents/import-bytes.ts';
import { makePdf } from '../../../test/support/documents/pdf-file.ts';
import { taskSpecs } from '../../shared/contract/worker/tasks.ts';
import { documentError } from '../../shared/domain/document.ts';

const text = 'Руководство проекта решило перенести запуск системы учёта на апрель.';
const whole: Readonly<Record<string, Uint8Array>> = {
  'a.pdf': await makePdf([[{ text: 'Отчёт', size: 18 }, { text }], [{ text }]]),
  'a.docx': await makeDocx([
    { kind: 'heading', level: 1, text: 'Отчёт' },
    { kind: 'paragraph', text, note: 'сноска' },
    {
      kind: 'table',
      rows: [
        ['а', 'б'],
        ['в', 'г'],
      ],
    },
  ]),
  'a.html': Buffer.from(
    makeHtmlPage({ title: 'Отчёт', article: `<h1>Отчёт</h1><p>${text}</p><table><tr><td>а<td>б</table><ul><li>в</ul>`.repeat(4) }),
  ),
  'a.md': Buffer.from(`# Отчёт\n\n${text}\n\n- а\n  1. б\n\n> в\n\n| г | д |\n|---|---|\n| е | ё |\n\n\`\`\`\nкод\n\`\`\`\n`),
  'a.txt': Buffer.from(`ОТЧЁТ\n\n${text}\n- а\n- б\n`),
};
/** Of the formats that are not written out above. */
const more = await Promise.all(
  Object.entries(everyFormat)
    .filter(([format]) => !['pdf', 'docx', 'html', 'markdown', 'text'].includes(format))
    .map(
      async ([format, make]) => [`a.${formatTable[format as keyof typeof everyFormat].extensions[0]}`, Buffer.from(await make())] as const,
    ),
);
const all = { ...whole, ...Object.fromEntries(more) };
/** The same bytes are broken in every run: a find belongs into a test of its own, not into somebody's morning. */
const seed = 20_261_122;
const runs = Number(process.env['FUZZ_RUNS'] ?? 60);

const damage = fc.record({
  cutAt: fc.double({ min: 0.3, max: 1, noNaN: true }),
  changes: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), byte: fc.nat(255) }), { maxLength: 24 }),
});

describe('broken bytes', () => {
  test.each(Object.keys(all))('of %s are read or refused, and nothing is thrown', async name => {
    await fc.assert(
      fc.asyncProperty(damage, async ({ cutAt, changes }) => {
        const original = all[name] ?? new Uint8Array();
        const bytes = Uint8Array.from(original.subarray(0, Math.ceil(original.byteLength * cutAt)));
        for (const { at, byte } of changes) bytes[Math.floor(at * bytes.byteLength)] = byte;
        const { output } = await importBytes(bytes, name);
        const { result, ...read } = output;
        const schema = result === 'read' ? taskSpecs['document.import'].output : z.strictObject({ error: documentError });
        expect(schema.safeParse(read).success).toBe(true);
      }),
      { numRuns: runs, ...(process.env['FUZZ_RUNS'] === undefined ? { seed } : {}) },
    );
  });
});
