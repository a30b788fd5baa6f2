import { createHash } from 'node:crypto';
import type { Language } from '../../shared/domain/language.ts';
import { pictureBorder, picturePromptVersion } from '../../shared/domain/picture-answer.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import type { Picture } from './bounded-picture.ts';
import { readMarkdown } from './read-markdown.ts';
import type { Block } from './snapshot-builder.ts';

export interface PictureToRead {
  /** Names the picture for good: the hash of the file, and the page. */
  readonly key: readonly string[];
  /** Made when it is asked about, and not for one that is recorded. */
  readonly picture: () => Promise<Picture>;
  /** Whether the document is nothing without it: then a provider that is away is waited for. */
  readonly isNeeded: boolean;
}

/** `blocked`: this picture cannot be read; `away`: the model cannot be asked now, about any other either. */
export type Looked =
  | { readonly outcome: 'read'; readonly blocks: readonly Block[]; readonly model: string }
  | { readonly outcome: 'blocked' }
  | { readonly outcome: 'away' };

export type Look = (picture: PictureToRead) => Promise<Looked>;

export type LookContext = Pick<TaskContext<'document.import'>, 'signal' | 'step' | 'hostCall' | 'charge' | 'log'>;

const shownWords: Readonly<Record<Language, string>> = { ru: 'На изображении', en: 'The picture shows' };

/** Enough of a hash that two pictures of one document do not meet. */
const fingerprintLength = 16;

/**
 * Has pictures read by a model, each as a recorded step: a killed reading pays for none of them twice.
 * SECURITY: this process opens foreign bytes, so the model is main's: neither its key nor the words it is told come here.
 */
export function createLook(language: Language, context: LookContext): Look {
  return async ({ key, picture, isNeeded }) => {
    const content = JSON.stringify([`v${picturePromptVersion}`, language, ...key]);
    const name = `ask:look-${createHash('sha256').update(content).digest('hex').slice(0, fingerprintLength)}` as const;
    try {
      const told = await context.step(name, async () => {
        const { bytes } = await picture();
        const looked = await context.hostCall('picture.look', { jpeg: Buffer.from(bytes).toString('base64'), language });
        context.charge(looked.usage);
        if (looked.outcome === 'told') return looked.call;
        const { code, message, retryable, retryAfterMs } = looked.failure;
        // Main parks the job until the provider is there again.
        if (code === 'network' && isNeeded) await context.hostCall('network.away', { message: message.slice(0, 500) });
        throw new PictureNotRead(code, message, { retryable, retryAfterMs });
      });
      if (told.outcome !== 'answered') return { outcome: 'blocked' };
      return { outcome: 'read', blocks: blocksOf(told.text, shownWords[language]), model: `${told.provider} · ${told.model}` };
    } catch (error) {
      context.signal.throwIfAborted();
      if (isNeeded || !(error instanceof PictureNotRead)) throw error;
      context.log('warn', `The model for pictures could not be asked (${error.code}).`);
      return { outcome: 'away' };
    }
  };
}

/** The model's own failure, told by main. */
class PictureNotRead extends TaskFailure {}

/** What is written, as blocks, and then what is shown. Models put a fence around Markdown. */
export function blocksOf(answer: string, shown: string): Block[] {
  const bare = answer
    .trim()
    .replace(/^```(?:markdown|md)?\n/u, '')
    .replace(/\n```$/u, '');
  const at = bare.search(new RegExp(String.raw`^${pictureBorder}+\s*$`, 'mu'));
  const text = at < 0 ? bare : bare.slice(0, at);
  const description = at < 0 ? '' : bare.slice(at).replace(/^=+/u, '').replaceAll(/\s+/gu, ' ').trim();
  const blocks = [...readMarkdown(text).pieces].flatMap(piece => [...piece]);
  return description === '' ? blocks : [...blocks, { kind: 'paragraph', text: `${shown}: ${description}` }];
}
