import { hostCallSpecs, type HostCallInput, type HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import type { JobId, MessageId, SessionId } from '../../../shared/domain/ids.ts';
import type { AnswerTexts } from '../answers/answer-texts.ts';
import type { NetworkWaits } from '../models/network-waits.ts';
import type { BeginWork } from './begin-work.ts';
import type { ReadDocument } from './read-document.ts';
import type { EarlierFiles } from './earlier-files.ts';
import type { PartChanges } from './part-changes.ts';
import type { AskPerson } from '../people/ask-person.ts';

/** The job of an agent, as far as what it asks for depends on it. */
export interface AgentJob {
  readonly id: JobId;
  readonly sessionId: SessionId;
  /** Shows what the agent writes while it writes; null for work that tells its result at its end. */
  readonly messageId: MessageId | null;
  /** The last message it knows; null for all that is shown. */
  readonly upTo: () => MessageId | null;
  readonly depth: number;
}

export interface AgentHostCallsParams {
  readonly searchPassages: (job: AgentJob, query: HostCallInput<'passages.search'>) => Promise<HostCallOutput<'passages.search'>>;
  readonly readDocument: ReadDocument;
  readonly beginWork: BeginWork;
  readonly askPerson: AskPerson;
  readonly partChanges: PartChanges;
  readonly earlierFiles: EarlierFiles;
  readonly answers: Pick<AnswerTexts, 'write'>;
  readonly network: Pick<NetworkWaits, 'away'>;
}

/** What an agent may ask of main, in the chat and in the background alike. */
export function createAgentHostCalls({
  searchPassages,
  readDocument,
  beginWork,
  askPerson,
  partChanges,
  earlierFiles,
  answers,
  network,
}: AgentHostCallsParams) {
  return async (job: AgentJob, name: string, input: unknown): Promise<unknown> => {
    switch (name) {
      case 'answer.write': {
        const { at, text } = hostCallSpecs[name].input.parse(input);
        if (job.messageId !== null) answers.write({ sessionId: job.sessionId, messageId: job.messageId }, at, text);
        return null;
      }
      case 'passages.search':
        // SECURITY: of its own chat, whatever the worker says.
        return searchPassages(job, { ...hostCallSpecs[name].input.parse(input), sessionId: job.sessionId });
      case 'document.read':
        return readDocument(job.sessionId, hostCallSpecs[name].input.parse(input));
      case 'work.start':
        return beginWork(job, hostCallSpecs[name].input.parse(input));
      case 'person.ask':
        return askPerson(job, hostCallSpecs[name].input.parse(input));
      case 'part.changes':
        return partChanges(job.id, hostCallSpecs[name].input.parse(input));
      case 'file.keep':
        return earlierFiles.keep(job.id, hostCallSpecs[name].input.parse(input));
      case 'file.kept':
        return earlierFiles.read(hostCallSpecs[name].input.parse(input));
      case 'network.away':
        throw network.away(job.id, hostCallSpecs[name].input.parse(input).message);
      default:
        throw new Error(`An agent asks for "${name}", which it may not.`);
    }
  };
}
