import { hashEmbedding } from './hash-embedding.ts';

/** A document, another one beside it, and a question that shares no word with the first, nor any stem of one. */
export const paraphrase = {
  document: 'Кот проглотил нитку и лежит у ветеринара под капельницей.',
  other: 'Кровельщики закончили крышу и просят расчёт наличными.',
  question: 'здоровье домашнего питомца',
} as const;

/** What a model would know: the document and the question are about the same. */
export function embedParaphrase(text: string): number[] {
  const isAboutPet = text.includes('проглотил') || text.includes('питомца');
  return hashEmbedding(isAboutPet ? 'болезнь животного' : text);
}
