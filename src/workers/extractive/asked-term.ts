import type { FoundDefinition } from './find-definition.ts';

/** «Что такое оферта?», "What is a contract?", as lectures ask before they say. */
const asks: readonly RegExp[] = [
  /^(?:(?:итак|так|но|а|и|теперь),?\s+)*что\s+(?:же\s+)?(?:такое|значит|означает)\s+[«"“]?([\p{L}-]+(?:\s[\p{L}-]+){0,2})[»"”]?\?$/iu,
  /^(?:(?:so|now|but|and|well|first),?\s+)*what(?:\s+is|\s+are|(?:'|’)s)\s+(?:then\s+)?(?:an?\s+|the\s+)?["“]?((?!(?:the|an?)\s)(?!(?:it|this|that|these|those|there|your|my|our|his|her|wrong|new|next|happening|going|left|missing|point|matter|problem|plan|time|price|use)(?!\p{L}))\p{L}[\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){0,2})["”]?\?$/iu,
];
/** How the answer begins: it tells the kind of the thing. */
const answers =
  /^(?:это\s+(?!не(?!\p{L})|вопрос|просто\s+вопрос|мы|вы|хорош|интересн)\p{L}|(?:it|this|they)(?:\s+is|\s+are|(?:'|’)s|(?:'|’)re)\s+(?:simply\s+|basically\s+|just\s+)?(?:an?|the|any)\s+(?!(?:good|great|hard|difficult)\s+question)\p{L})/iu;

/** The term that a question asks for and the sentence after it defines; null for most pairs. */
export function askedTerm(question: string, answer: string): FoundDefinition | null {
  if (!answers.test(answer)) return null;
  const term = asks.map(pattern => pattern.exec(question.trim())?.[1]).find(found => found !== undefined);
  if (term === undefined) return null;
  return { term, isNominative: true, isOblique: false, isPlural: false, shortName: null, namesPrevious: true, confidence: 0.95 };
}
