import type { JobKindName } from '../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { JobKind } from '../engine/job-kind.ts';
import type { Reader } from '../store/reader.ts';
import type { Store } from '../store/store.ts';
import type { ReachOf } from './agent-reach.ts';
import { createAgentHostCalls } from './agents/agent-host-calls.ts';
import { createAgentInput } from './agents/agent-input.ts';
import type { BeginWork } from './agents/begin-work.ts';
import type { NetworkWaits } from './models/network-waits.ts';
import type { EarlierFiles } from './agents/earlier-files.ts';
import type { PartChanges } from './agents/part-changes.ts';
import { createReadDocument } from './agents/read-document.ts';
import type { AnswerTexts } from './answers/answer-texts.ts';
import type { DamagedSnapshots } from './damaged-snapshots.ts';
import { agentRun } from './kinds/agent-run.ts';
import { browserRun, type BrowserRunParams } from './kinds/browser-run.ts';
import { chatAnswer } from './kinds/chat-answer.ts';
import { documentImport } from './kinds/document-import.ts';
import { passagesEmbed } from './kinds/passages-embed.ts';
import { synopsesExport } from './kinds/synopses-export.ts';
import { synopsisAudit } from './kinds/synopsis-audit.ts';
import { synopsisAutoexport } from './kinds/synopsis-autoexport.ts';
import { synopsisMake, type SynopsisMakeParams } from './kinds/synopsis-make.ts';
import type { LookAtPicture } from './look-at-picture.ts';
import type { ModelRole } from '../../shared/domain/provider.ts';
import type { Models } from './models/models.ts';
import { notingEnds } from './notices/note-ends.ts';
import type { QueryMeaning } from './search/query-meaning.ts';
import type { AskPerson } from './people/ask-person.ts';
import type { PassageIndexer } from './passage-indexer.ts';

/** How long an answer waits for its question in numbers: longer, and the words alone find what they find. */
const meaningPatienceMs = 5_000;
/** How long an answer waits for the search index: a book of a thousand pages is in it by then, and a person still waits. */
const indexPatienceMs = 10_000;

export interface JobKindsParams {
  readonly store: Store;
  readonly reader: Reader;
  readonly indexer: PassageIndexer;
  readonly damagedSnapshots: DamagedSnapshots;
  readonly isBeingRead: (session: SessionId) => boolean;
  /** Called in the transaction that ends the last reading of a chat. */
  readonly allRead: (session: SessionId) => void;
  /** Hosts in private networks that the person allows. */
  readonly allowedHosts: () => readonly string[];
  readonly language: () => Language;
  /** Titles of damaged documents that a search left out, by the job that searched. */
  readonly leftOut: Map<JobId, Set<string>>;
  readonly models: Models;
  readonly lookAtPicture: LookAtPicture;
  readonly meaningOf: QueryMeaning;
  readonly reachOf: ReachOf;
  /** What the person wants of every answer. */
  readonly wishes: () => string;
  readonly answers: AnswerTexts;
  readonly beginWork: BeginWork;
  /** In transaction. */
  readonly beginAudit: SynopsisMakeParams['beginAudit'];
  readonly askPerson: AskPerson;
  readonly partChanges: PartChanges;
  readonly earlierFiles: EarlierFiles;
  readonly network: NetworkWaits;
  readonly browser: Pick<
    BrowserRunParams,
    'desk' | 'logins' | 'browserPath' | 'openFolders' | 'count' | 'keepPage' | 'tidied' | 'folder' | 'changed'
  >;
  /** Whether a schedule began the job. */
  readonly isScheduled: (id: JobId) => boolean;
  readonly now: () => number;
}

/** Every kind of job there is. */
export function createJobKinds({
  store,
  reader,
  indexer,
  damagedSnapshots,
  isBeingRead,
  allRead,
  allowedHosts,
  language,
  leftOut,
  models,
  lookAtPicture,
  meaningOf,
  reachOf,
  wishes,
  answers,
  beginWork,
  beginAudit,
  askPerson,
  partChanges,
  earlierFiles,
  network,
  browser,
  isScheduled,
  now,
}: JobKindsParams): JobKind[] {
  const serviceFor = (role: ModelRole) => models.choiceFor(role)?.providerId ?? null;
  const inputFor = createAgentInput({ store, models, language, reachOf, wishes });
  const hostCall = createAgentHostCalls({
    async searchPassages(job, query) {
      const found = await damagedSnapshots.search(query, await meaningOf(query.query, meaningPatienceMs));
      if (found.leftOut.length > 0) leftOut.set(job.id, new Set([...(leftOut.get(job.id) ?? []), ...found.leftOut]));
      return found.passages;
    },
    readDocument: createReadDocument({ store, reader, damagedSnapshots }),
    beginWork,
    askPerson,
    partChanges,
    earlierFiles,
    answers,
    network,
  });
  const kinds = {
    'document.import': documentImport({
      store,
      allowedHosts,
      checkSnapshot: query => reader.checkSnapshot(query),
      stored: hash => {
        indexer.again(hash);
      },
      isBeingRead,
      allRead,
      models,
      lookAtPicture,
      network,
      language,
      now,
    }),
    'synopsis.make': synopsisMake({
      serviceFor,
      store,
      isBeingRead,
      lookAtSnapshot: damagedSnapshots.lookAt,
      models,
      network,
      beginAudit,
      now,
    }),
    'chat.answer': chatAnswer({
      serviceFor,
      store,
      language,
      inputFor,
      hostCall,
      answers,
      network,
      isBeingRead,
      indexed: () => indexer.settled(AbortSignal.timeout(indexPatienceMs)),
      now,
      leftOut,
    }),
    'agent.run': agentRun({ serviceFor, store, inputFor, hostCall, network, now }),
    'browser.run': browserRun({ serviceFor, store, inputFor, hostCall, network, allowedHosts, language, now, ...browser }),
    'synopses.export': synopsesExport({ store, reader }),
    'synopsis.audit': synopsisAudit({ serviceFor, store, models, network, now }),
    'passages.embed': passagesEmbed({ serviceFor, store, reader, models, network, now }),
    'synopsis.autoexport': synopsisAutoexport({ store, reader, now }),
  } satisfies Record<JobKindName, unknown>;
  // Each kind is checked against its own schemas where it is declared; the engine handles them all alike.
  return (Object.values(kinds) as unknown as JobKind[]).map(kind => notingEnds(kind, { store, isScheduled, now }));
}
