import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { asNamed } from '../../../shared/domain/asked-action.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import { DocumentRefused } from '../../documents/document-refused.ts';
import { fetchOriginal, type FetchLimits } from '../../documents/fetch-original.ts';
import { partFrom } from './cut-text.ts';
import { readFetched } from './read-fetched.ts';
import { addressLimit, wasSeen } from './seen-addresses.ts';
import type { ApprovalRequest, Tool, ToolResult } from './tool.ts';

/** Characters of a query that a page's own address may have without asking; a sentence of a chat is longer. */
const quietQueryLimit = 100;

/** A page with its reading time: long reports are some megabytes, and a person waits for the answer. */
export const pageLimits: FetchLimits = { bytes: 16 * 1024 * 1024, idleMs: 15_000, totalMs: 60_000 };

const input = z.strictObject({
  url: z.string().min(1).max(addressLimit),
  /** Character to read on from. */
  start: z.int().nonnegative().max(100_000_000).default(0),
});
export type FetchPageInput = z.output<typeof input>;

interface Words {
  readonly tooLong: string;
  readonly forbidden: (why: string) => string;
  readonly failed: (code: string, why: string) => string;
  readonly title: string;
  readonly address: string;
  readonly part: (start: number, end: number, all: number) => string;
}

const words: Readonly<Record<Language, Words>> = {
  ru: {
    tooLong: `Адрес длиннее ${addressLimit} знаков. Возьмите короче.`,
    forbidden: why => `Этот адрес открывать нельзя (${why}): он ведёт во внутреннюю сеть или не на веб-страницу. Возьмите другой источник.`,
    failed: (code, why) => `Страницу прочитать не удалось (${code}): ${why}`,
    title: 'Заголовок',
    address: 'Адрес',
    part: (start, end, all) => `Знаки ${start}–${end} из ${all}. Дальше: start = ${end}.`,
  },
  en: {
    tooLong: `The address has more than ${addressLimit} characters. Take a shorter one.`,
    forbidden: why => `This address may not be opened (${why}): it leads into a private network or to no web page. Take another source.`,
    failed: (code, why) => `The page could not be read (${code}): ${why}`,
    title: 'Title',
    address: 'Address',
    part: (start, end, all) => `Characters ${start}–${end} of ${all}. To read on: start = ${end}.`,
  },
};

/** An address as it will be sent; null when it is none. */
function sentAddress(url: string): URL | null {
  const parsed = URL.parse(url.trim());
  return parsed === null || !/^https?:$/u.test(parsed.protocol) ? null : parsed;
}

/**
 * Whether an address has to be shown to the person first.
 * SECURITY: an address is words that leave this machine. A model that obeys a page may write the chat into one; so one that
 * nobody but the model has written, or with a long query, goes out only when the person has seen it.
 */
function askFirst(url: URL, isSeen: boolean): boolean {
  return !isSeen || url.search.length - 1 > quietQueryLimit;
}

export function createFetchPage(limits: FetchLimits = pageLimits): Tool<FetchPageInput> {
  return {
    name: 'fetch_page',
    description: {
      ru: 'Читает веб-страницу, PDF или текст по адресу и возвращает заголовок, окончательный адрес и текст в Markdown со ссылками. Берите адреса из слов человека и из результатов поиска; об остальных человека спросят.',
      en: 'Reads a web page, a PDF or a text at an address and returns its title, final address and text as Markdown with links. Take addresses from the person’s words and from search results; the person is asked about any other.',
    },
    input,
    changesOutside: false,

    asksFirst({ url }, { input: agent, results }): ApprovalRequest | null {
      const sent = sentAddress(url);
      // What is no address is refused by `run`, and nothing is sent.
      if (sent === null || sent.href.length > addressLimit) return null;
      if (!askFirst(sent, wasSeen(url, agent, results))) return null;
      return { action: { does: 'open_page', host: asNamed(sent.host) }, destination: sent.href };
    },

    async run({ url, start }, { input: agent, task }): Promise<ToolResult> {
      const said = words[agent.language];
      const sent = sentAddress(url);
      if (sent !== null && sent.href.length > addressLimit) return { isError: true, text: said.tooLong };
      const stagingDir = await mkdtemp(join(tmpdir(), 'konspekt-page-'));
      try {
        const context = { signal: AbortSignal.any([task.signal, AbortSignal.timeout(limits.totalMs)]), report: () => {} };
        const from = { url: sent?.href ?? url, allowedHosts: agent.reach.allowedHosts };
        const fetched = await fetchOriginal(from, stagingDir, context, limits);
        const { title, text } = await readFetched(fetched, context);
        const { part, end } = partFrom(text, start);
        const heading = [...(title === null ? [] : [`${said.title}: ${oneLine(title)}`]), `${said.address}: ${fetched.url}`];
        const isPart = start > 0 || end < text.length;
        return { text: [...heading, ...(isPart ? [said.part(start, end, text.length)] : []), '', part].join('\n') };
      } catch (error) {
        task.signal.throwIfAborted();
        if (error instanceof DocumentRefused && error.code === 'forbidden_address')
          return { isError: true, text: said.forbidden(error.detail ?? '') };
        if (error instanceof DocumentRefused) return { isError: true, text: said.failed(error.code, error.detail ?? error.message) };
        if (error instanceof TaskFailure) return { isError: true, text: said.failed(error.code, error.message) };
        if (error instanceof Error && error.name === 'TimeoutError')
          return { isError: true, text: said.failed('timed_out', `${limits.totalMs} ms`) };
        throw error;
      } finally {
        await rm(stagingDir, { recursive: true, force: true });
      }
    },
  };
}

export const fetchPage = createFetchPage();

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim().slice(0, 500);
}
