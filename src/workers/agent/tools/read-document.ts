import { z } from 'zod';
import { documentId } from '../../../shared/domain/ids.ts';
import { shownLimit } from '../loop/excerpt.ts';
import { passageCitation } from './passage-citation.ts';
import type { Tool } from './tool.ts';

/** Characters of a passage under one number: a paragraph or two, which a person still checks at a glance. */
const passageLength = 900;
/** Share of a shown result that the text takes: the rest is for numbers and the last line. */
const textShare = 0.85;

const input = z.strictObject({
  documentId: z.string().max(100).describe('Id of the document, from the list'),
  start: z.int().nonnegative().default(0).describe('Character to begin at'),
});

const words = {
  ru: {
    unknown: (ids: string) => `Такого документа в чате нет. Есть: ${ids}`,
    notReady: 'Этот документ ещё не прочитан программой.',
    end: 'Это конец документа.',
    more: (next: number, all: number) => `[Дальше: read_document с start ${next}; всего ${all} символов.]`,
  },
  en: {
    unknown: (ids: string) => `There is no such document in the chat. There are: ${ids}`,
    notReady: 'The program has not read this document yet.',
    end: 'This is the end of the document.',
    more: (next: number, all: number) => `[Go on: read_document with start ${next}; ${all} characters in all.]`,
  },
} as const;

export const readDocument: Tool<z.output<typeof input>> = {
  name: 'read_document',
  description: {
    ru: 'Читает документ чата с указанного места, по части. Возвращает пронумерованные отрывки: ими подтверждай сказанное, [n].',
    en: 'Reads a document of the chat from a place on, a part at a time. Returns numbered passages: back what you say with them, [n].',
  },
  input,
  changesOutside: false,
  async run({ documentId: wanted, start }, { task, input: agent, passages }) {
    const say = words[agent.language];
    const id = documentId.safeParse(wanted.trim());
    const document = agent.documents.find(each => id.success && each.documentId === id.data);
    if (document === undefined) return { text: say.unknown(agent.documents.map(each => each.documentId).join(', ') || '—'), isError: true };
    if (!document.isReady) return { text: say.notReady, isError: true };
    const limit = Math.floor(shownLimit(agent.connection.contextTokens) * textShare);
    const part = await task.hostCall('document.read', { documentId: document.documentId, start, limit });
    const shown = piecesOf(part.text).flatMap(([from, to]) => {
      const citation = passageCitation({
        source: { kind: 'document', documentId: document.documentId },
        snapshotHash: part.snapshotHash,
        start: part.start + from,
        text: part.text.slice(from, to),
        prefix: part.text.slice(0, from),
        suffix: part.text.slice(to),
        // The page that the part begins on; a later passage may stand on the next one.
        page: from === 0 ? part.page : null,
      });
      return citation === null ? [] : [passages.numberOf(citation)];
    });
    const last = part.end >= part.charCount ? say.end : say.more(part.end, part.charCount);
    return {
      text: [`«${part.title}»`, ...shown.map(({ number, citation }) => `[${number}] ${citation.quote}`), last].join('\n\n'),
      passages: shown,
    };
  },
};

/** Cuts a text into passages, where a paragraph or a sentence ends if one does. */
function piecesOf(text: string): readonly (readonly [from: number, to: number])[] {
  const pieces: [number, number][] = [];
  for (let from = 0; from < text.length;) {
    const to = text.length - from <= passageLength ? text.length : cutOf(text, from, from + passageLength);
    pieces.push([from, to]);
    from = to;
  }
  return pieces;
}

function cutOf(text: string, from: number, limit: number): number {
  const piece = text.slice(from, limit);
  const half = passageLength / 2;
  for (const mark of ['\n\n', '\n', '. ', '? ', '! ', ' ']) {
    const at = piece.lastIndexOf(mark);
    if (at >= half) return from + at + mark.length;
  }
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}
