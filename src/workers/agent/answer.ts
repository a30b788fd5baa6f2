import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import { answerFromPassages } from '../extractive/answer-from-passages.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import { answerWithModel } from './run-with-model.ts';

/** Passages fetched for one question: the answer quotes four sentences, and the best are among the first dozen. */
const passageLimit = 20;
/** Characters of a question that are searched for, as the host call bounds them; what follows is a pasted text. */
const queryLimit = 2_000;
/** As the output's schema bounds them. */
const citationLimit = 50;

type Answer = TaskOutput<'chat.answer'>;

/** Answers with a model where there is one; else from the session's own material, in its own words, or says why it cannot. */
export async function answer(input: TaskInput<'chat.answer'>, context: TaskContext<'chat.answer'>): Promise<Answer> {
  if (input.model !== null) return answerWithModel(input.model, context);
  const without = (note: Answer['note']): Answer => ({ note, text: '', citations: [] });
  if (!input.hasDocuments) return without(input.documentsNotReady > 0 ? 'documents_not_ready' : 'no_model_no_documents');

  context.report({ phase: 'searching', label: null, done: null, total: null });
  const query = input.question.slice(0, queryLimit).trim();
  const found = query === '' ? [] : await context.hostCall('passages.search', { sessionId: input.sessionId, query, limit: passageLimit });
  context.report({ phase: 'answering', label: null, done: null, total: null });
  // The question itself is a message of the chat and would be its own best answer.
  const passages = found.filter(passage => passage.source.kind === 'document' || !passage.text.includes(query));
  const best = answerFromPassages(input.question, passages);
  if (best === null) return without(input.documentsNotReady > 0 ? 'documents_not_ready' : 'no_model_nothing_found');
  return { note: 'no_model', text: best.text, citations: best.citations.slice(0, citationLimit) };
}
