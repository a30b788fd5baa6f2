import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { asNamed } from '../../../shared/domain/asked-action.ts';
import { fileChange, keptBeforeLimit, keptFileLimit, type FileChange } from '../../../shared/domain/file-change.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { EffectNotDone } from '../../../shared/domain/task-failure.ts';
import type { EffectFound } from '../../runtime/task-context.ts';
import { refusedResult } from '../folders/folder-words.ts';
import { pathInFolder, PathRefused, placeForFile, refuse } from '../folders/granted-path.ts';
import { openChecked } from '../folders/open-checked.ts';
import { replaceFile } from '../folders/replace-file.ts';
import { writeNewFile } from '../../synopsis/write-new-file.ts';
import type { ApprovalRequest, Tool, ToolContext, ToolResult } from './tool.ts';

/** Characters of a file that is written: with the rest of the input they fit what a person is asked about, escapes and all. */
const textLimit = 40_000;

const input = z.strictObject({
  path: z.string().min(1).max(4_096),
  text: z.string().max(textLimit),
  /** Puts the text in the place of a file that is there. */
  replace: z.boolean().default(false),
});
export type WriteFileInput = z.output<typeof input>;

interface Words {
  readonly made: (path: string, bytes: number) => string;
  readonly replaced: (path: string, bytes: number) => string;
}
const words: Readonly<Record<Language, Words>> = {
  ru: {
    made: (path, bytes) => `Файл ${path} создан: ${bytes} Б.`,
    replaced: (path, bytes) => `Файл ${path} заменён: ${bytes} Б.`,
  },
  en: {
    made: (path, bytes) => `The file ${path} was made: ${bytes} B.`,
    replaced: (path, bytes) => `The file ${path} was replaced: ${bytes} B.`,
  },
};

export const writeFile: Tool<WriteFileInput> = {
  name: 'write_file',
  description: {
    ru: 'Записывает текст в файл папки, в которую человек разрешил писать. Человека спросят. Новых папок не создаёт; готовый файл заменяет целиком и только с replace: true.',
    en: 'Writes a text to a file of a folder that the person lets you write to. The person is asked. It makes no new folders, and replaces a file that is there, all of it, only with replace: true.',
  },
  input,
  changesOutside: true,

  /** The exact path on the disk, and in the action whether something would be lost; the text and `replace` are in the payload. */
  async asksFirst({ path, replace }, { input: agent }): Promise<ApprovalRequest> {
    try {
      const place = writable(path, agent.reach.folders);
      const { parent, name } = await placeForFile(place);
      return { action: { does: replace ? 'replace_file' : 'make_file', path: asNamed(place.shown) }, destination: join(parent, name) };
    } catch (error) {
      // The call will be refused; nothing is written whatever the person answers.
      if (!(error instanceof PathRefused)) throw error;
      return { action: { does: 'make_file', path: asNamed(path) }, destination: path };
    }
  },

  /** The text lies there already: an attempt before a crash has written it. */
  async check({ path, text }, { input: agent }): Promise<EffectFound<ToolResult>> {
    const place = writable(path, agent.reach.folders);
    const bytes = Buffer.from(text, 'utf8');
    const there = await bytesThere(place, bytes.byteLength);
    if (there === null || !there.equals(bytes)) return { happened: false };
    return { happened: true, output: { text: words[agent.language].made(place.shown, bytes.byteLength) } };
  },

  /** Null for a file that is too large to keep: then it is not taken back. */
  async undo({ path, text }, { input: agent, task }): Promise<FileChange | null> {
    try {
      const place = writable(path, agent.reach.folders);
      const { parent, name } = await placeForFile(place);
      const before = await contentBefore(place, task);
      const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
      return before === undefined ? null : fileChange.parse({ path: join(parent, name), sha256, before });
    } catch (error) {
      // Nothing will be written, or nobody could say where.
      if (error instanceof PathRefused) return null;
      throw error;
    }
  },

  async run({ path, text, replace }, { input: agent }: ToolContext): Promise<ToolResult> {
    try {
      const place = writable(path, agent.reach.folders);
      const { parent, name } = await placeForFile(place);
      const target = join(parent, name);
      const before = await lstat(target).catch((error: unknown) => (hasCode(error, 'ENOENT') ? null : refuse(place.shown)(error)));
      // SECURITY: a link of this name is neither followed nor replaced, wherever it leads.
      if (before?.isSymbolicLink() === true) throw new PathRefused('leads_out', place.shown);
      if (before?.isDirectory() === true) throw new PathRefused('is_folder', place.shown);
      if (before !== null && !before.isFile()) throw new PathRefused('no_file', place.shown);
      if (before !== null && !replace) throw new PathRefused('is_there', place.shown);
      const bytes = Buffer.from(text, 'utf8');
      if (before === null) await writeNewFile(target, bytes);
      else await replaceFile(target, bytes, before.mode);
      const said = words[agent.language];
      return { text: before === null ? said.made(place.shown, bytes.byteLength) : said.replaced(place.shown, bytes.byteLength) };
    } catch (error) {
      // It is sure that nothing was written, and the model may choose another way.
      if (error instanceof EffectNotDone)
        return refusedResult(new PathRefused(hasCode(error.cause, 'EEXIST') ? 'is_there' : 'not_written', path), agent.language);
      return refusedResult(error, agent.language);
    }
  },
};

function writable(path: string, folders: Parameters<typeof pathInFolder>[1]) {
  const place = pathInFolder(path, folders);
  if (!place.folder.mayWrite) throw new PathRefused('no_write_right', place.shown);
  return place;
}

/** Null where no file is; undefined for one that is not kept. What is no short text is kept by main, as a file. */
async function contentBefore(
  place: ReturnType<typeof writable>,
  task: Pick<ToolContext['task'], 'hostCall'>,
): Promise<FileChange['before'] | undefined> {
  try {
    const { file, byteCount } = await openChecked(place);
    try {
      if (byteCount > keptFileLimit) return undefined;
      const bytes = await file.readFile();
      if (bytes.byteLength > keptFileLimit) return undefined;
      const text = bytes.toString('utf8');
      if (text.length <= keptBeforeLimit && Buffer.from(text, 'utf8').equals(bytes)) return text;
      return { kept: (await task.hostCall('file.keep', { base64: bytes.toString('base64') })).sha256 };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof PathRefused) return error.fault === 'not_there' ? null : undefined;
    throw error;
  }
}

/** Null when no file of this length is there. */
async function bytesThere(place: ReturnType<typeof writable>, length: number): Promise<Buffer | null> {
  try {
    const { file, byteCount } = await openChecked(place);
    try {
      return byteCount === length ? await file.readFile() : null;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof PathRefused) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
