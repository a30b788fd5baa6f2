import type { AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Delimit } from './delimited-data.ts';

/** Documents that are named; with more than these a model searches rather than chooses. */
const documentLimit = 60;

const words = {
  ru: {
    today: (date: string, zone: string) => `Сегодня ${date}, часовой пояс ${zone}.`,
    none: 'Документов в этом чате нет.',
    documents: 'Документы этого чата (id, название, символов):',
    notReady: 'ещё читается',
    more: (count: number) => `… и ещё ${count}`,
    source: 'список документов',
  },
  en: {
    today: (date: string, zone: string) => `Today is ${date}, time zone ${zone}.`,
    none: 'There are no documents in this chat.',
    documents: 'Documents of this chat (id, title, characters):',
    notReady: 'still being read',
    more: (count: number) => `… and ${count} more`,
    source: 'list of documents',
  },
} as const satisfies Record<Language, unknown>;

/** The agent's own words, the rule about data, the day, and what documents there are. Titles are data like any text of others. */
export function systemPrompt(
  prompt: string,
  { language, documents }: Pick<AgentInput, 'language' | 'documents'>,
  data: { readonly delimit: Delimit; rule(language: Language): string },
  now = new Date(),
): string {
  const say = words[language];
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const lines = documents
    .slice(0, documentLimit)
    .map(({ documentId, title, charCount, isReady }) => `${documentId} «${title}» ${isReady ? charCount : say.notReady}`);
  if (documents.length > documentLimit) lines.push(say.more(documents.length - documentLimit));
  const list = lines.length === 0 ? say.none : `${say.documents}\n${data.delimit(say.source, lines.join('\n'))}`;
  return [prompt, data.rule(language), say.today(localDate(now), timeZone), list].join('\n\n');
}

function localDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
