import { mkdtemp, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { DocumentErrorCode } from '../../../shared/domain/document.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { DocumentRefused } from '../../documents/document-refused.ts';
import { stageFile } from '../../documents/stage-file.ts';
import { refusedResult } from '../folders/folder-words.ts';
import { pathInFolder, PathRefused } from '../folders/granted-path.ts';
import { openChecked } from '../folders/open-checked.ts';
import { partFrom } from './cut-text.ts';
import { readFetched } from './read-fetched.ts';
import type { Tool } from './tool.ts';

/** Bytes of a file that is read, 32 MiB: a scanned book is larger, and belongs among the documents of a chat. */
const fileByteLimit = 32 * 1024 * 1024;

const input = z.strictObject({
  path: z.string().min(1).max(4_096),
  /** Character to read on from. */
  start: z.int().nonnegative().max(100_000_000).default(0),
});
export type ReadFileInput = z.output<typeof input>;

interface Words {
  readonly file: string;
  readonly empty: string;
  readonly failed: (code: string) => string;
  readonly part: (start: number, end: number, all: number) => string;
}
const words: Readonly<Record<Language, Words>> = {
  ru: {
    file: 'Файл',
    empty: '(файл пуст)',
    failed: code => `Файл прочитать не удалось (${code}). Человек может добавить его в чат как документ.`,
    part: (start, end, all) => `Знаки ${start}–${end} из ${all}. Дальше: start = ${end}.`,
  },
  en: {
    file: 'File',
    empty: '(the file is empty)',
    failed: code => `The file could not be read (${code}). The person may add it to the chat as a document.`,
    part: (start, end, all) => `Characters ${start}–${end} of ${all}. To read on: start = ${end}.`,
  },
};

/** Refusals that say that the bytes are no text. */
const notText: ReadonlySet<DocumentErrorCode> = new Set(['unsupported_format', 'wrong_format']);

export const readFile: Tool<ReadFileInput> = {
  name: 'read_file',
  description: {
    ru: 'Читает файл из папки, которую открыл человек: текст, Markdown, таблицу, код, субтитры, страницу HTML, книгу, презентацию, PDF, DOCX. Путь — как в list_files.',
    en: 'Reads a file of a folder that the person has granted: text, Markdown, tables, code, subtitles, HTML, books, presentations, PDF, DOCX. The path is as list_files shows it.',
  },
  input,
  changesOutside: false,
  async run({ path, start }, { input: agent, task }) {
    const said = words[agent.language];
    const stagingDir = await mkdtemp(join(tmpdir(), 'konspekt-file-'));
    try {
      const place = pathInFolder(path, agent.reach.folders);
      const { file, byteCount } = await openChecked(place);
      try {
        if (byteCount > fileByteLimit) throw new PathRefused('too_large', place.shown);
        // The readers open a path of their own; this copy is of the very file that was checked.
        const staged = await stageFile(stagingDir, 'file', bounded(file, place.shown, task.signal));
        if (staged.byteCount === 0) return { text: `${said.file}: ${place.shown}\n\n${said.empty}` };
        const original = {
          path: join(stagingDir, staged.name),
          name: basename(place.shown),
          byteCount: staged.byteCount,
          mime: null,
          charset: null,
        };
        // Links of a saved page lead from nowhere; whole addresses stay.
        const { text } = await readFetched({ url: 'http://localhost.invalid/', original }, { signal: task.signal, report: () => {} });
        const { part, end } = partFrom(text, start);
        const isPart = start > 0 || end < text.length;
        return { text: [`${said.file}: ${place.shown}`, ...(isPart ? [said.part(start, end, text.length)] : []), '', part].join('\n') };
      } finally {
        await file.close();
      }
    } catch (error) {
      task.signal.throwIfAborted();
      if (error instanceof DocumentRefused) {
        return notText.has(error.code)
          ? refusedResult(new PathRefused('not_text', path), agent.language)
          : { isError: true, text: said.failed(error.code) };
      }
      return refusedResult(error, agent.language);
    } finally {
      await rm(stagingDir, { recursive: true, force: true });
    }
  },
};

/** A file that grows while it is read ends at the limit. */
async function* bounded(file: FileHandle, shown: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of file.createReadStream({ autoClose: false, signal }) as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length > fileByteLimit) throw new PathRefused('too_large', shown);
    yield chunk;
  }
}
