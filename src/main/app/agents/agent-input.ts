import { conversationLimit, type AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import type { AgentName, UsedModel } from '../../../shared/domain/agent.ts';
import type { JobId, MessageId, SessionId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { ModelConnection } from '../../../shared/domain/provider.ts';
import type { Store } from '../../store/store.ts';
import type { ReachOf } from '../agent-reach.ts';
import type { Models } from '../models/models.ts';

/** No language has more characters to a token: what is beyond cannot fit into the context, and need not travel. */
const charsPerToken = 8;
/** A frame to a worker takes several times as much, whatever context a model claims to have. */
const conversationChars = 2_000_000;
/** As the input's schema bounds them. */
const documentLimit = 500;

export interface AgentInputParams {
  readonly store: Pick<Store, 'messages' | 'documents' | 'snapshots' | 'usedModels'>;
  readonly models: Pick<Models, 'connectionFor' | 'connectionTo'>;
  readonly language: () => Language;
  readonly reachOf: ReachOf;
  readonly wishes: () => string;
}

export interface AgentTask {
  readonly jobId: JobId;
  readonly sessionId: SessionId;
  readonly agent: AgentName;
  /** Null for an answer in the chat: the last message of the conversation is what it answers. */
  readonly task: string | null;
  /** The last message that it knows; null for the chat as it is shown. */
  readonly upTo: MessageId | null;
  /** A plan or a part of one. */
  readonly inPlan: boolean;
  readonly depth: number;
}

/**
 * What an agent is given for one attempt: the conversation, the documents of its chat, what it may reach, and its model.
 * Null where no model can be asked.
 * SECURITY: holds keys; it goes into a frame and is never stored.
 */
export function createAgentInput({ store, models, language, reachOf, wishes }: AgentInputParams): (task: AgentTask) => AgentInput | null {
  type Said = ReturnType<typeof store.messages.conversation>;

  /** What is answered comes last, also where it is documents without a word, which no conversation holds. */
  function withQuestion(known: Said, question: MessageId | null): Said {
    if (question === null || known.at(-1)?.id === question) return known;
    const documents = store.messages.get(question)?.documentIds ?? [];
    return [...known, { id: question, role: 'person' as const, text: wordless[language()](documents.join(', ')) }];
  }

  /** A run goes on with the model it has begun with, whatever has been chosen since, as long as that can be asked at all. */
  function connectionOf(jobId: JobId): ModelConnection | null {
    const used: UsedModel | null = store.usedModels.ofRun(jobId);
    return (used === null ? null : models.connectionTo(used)) ?? models.connectionFor('chat');
  }

  return ({ jobId, sessionId, agent, task, upTo, inPlan, depth }) => {
    const connection = connectionOf(jobId);
    if (connection === null) return null;
    const known = withQuestion(store.messages.conversation(sessionId, upTo, conversationLimit + 1), task === null ? upTo : null);
    // A message that was sent to the background is the task itself, and not said before it.
    const last = known.at(-1);
    const isOwnTask = task !== null && last?.role === 'person' && last.text === task;
    const said = isOwnTask ? known.slice(0, -1) : known;
    const conversation = newest(said, Math.min(conversationChars, connection.contextTokens * charsPerToken));
    return {
      agent,
      language: language(),
      connection,
      sessionId,
      wishes: wishes().trim(),
      conversation,
      isCut: conversation.length < said.length,
      task,
      isOwnTask,
      documents: store.documents
        .list(sessionId)
        .filter(document => document.state !== 'failed')
        .slice(0, documentLimit)
        .map(document => ({
          documentId: document.id,
          title: document.title,
          charCount: document.charCount ?? 0,
          isReady: document.state === 'ready' && document.snapshotHash !== null && store.snapshots.isIndexed(document.snapshotHash),
        })),
      reach: reachOf(agent),
      inPlan,
      depth,
    };
  };
}

const wordless: Readonly<Record<Language, (ids: string) => string>> = {
  ru: ids => `Человек добавил документы и ничего не написал. Их id: ${ids}. Скажи коротко, что в них, и спроси, что с ними сделать.`,
  en: ids => `The person has added documents without a word. Their ids: ${ids}. Say briefly what is in them, and ask what to do with them.`,
};

/** The last messages, so many at most, that have so many characters together; the very last one in any case. */
function newest<M extends { readonly text: string }>(messages: readonly M[], chars: number): M[] {
  let left = chars;
  let from = messages.length;
  while (from > 0 && messages.length - from < conversationLimit) {
    left -= messages[from - 1]?.text.length ?? 0;
    if (left < 0 && from < messages.length) break;
    from -= 1;
  }
  return messages.slice(from);
}
