import { z } from 'zod';
import { passageCitation } from './passage-citation.ts';
import type { Tool } from './tool.ts';

/** As the host call bounds it. */
const queryLimit = 2_000;
/** Passages of one search; a model asks again with other words rather than reading twenty. */
const passageLimit = 8;

const input = z.strictObject({ query: z.string().min(1).max(queryLimit) });

const words = {
  ru: { nothing: 'В материалах чата ничего не найдено. Попробуй другие слова или прочитай документ.', page: 'с.', chat: 'чат' },
  en: { nothing: 'Nothing was found in the material of the chat. Try other words, or read the document.', page: 'p.', chat: 'chat' },
} as const;

export const searchMaterial: Tool<z.output<typeof input>> = {
  name: 'search_material',
  description: {
    ru: 'Ищет в документах этого чата и в прежних сообщениях. Возвращает отрывки с номерами: ими подтверждай сказанное, [n]. Ищи ключевыми словами на языке документа.',
    en: 'Searches the documents of this chat and its earlier messages. Returns passages with numbers: back what you say with them, [n]. Search by key words in the language of the document.',
  },
  input,
  changesOutside: false,
  async run({ query }, { task, input: agent, passages }) {
    const found = await task.hostCall('passages.search', { sessionId: agent.sessionId, query, limit: passageLimit });
    // The question itself is a message of the chat and would be its own best answer.
    const asked = agent.task ?? agent.conversation.at(-1)?.text ?? '';
    const shown = found
      .filter(({ source, text }) => source.kind === 'document' || !asked.includes(text.trim()))
      .flatMap(passage => {
        const citation = passageCitation(passage);
        return citation === null ? [] : [{ passage, shown: passages.numberOf(citation) }];
      });
    const say = words[agent.language];
    if (shown.length === 0) return { text: say.nothing };
    return {
      text: shown
        .map(({ passage, shown: { number, citation } }) => {
          const place = citation.page === null ? '' : `, ${say.page} ${citation.page}`;
          const title = passage.source.kind === 'chat' ? say.chat : `«${passage.title}»`;
          return `[${number}] ${title}${place}\n${citation.quote}`;
        })
        .join('\n\n'),
      passages: shown.map(({ shown: passage }) => passage),
    };
  },
};
