import { autoExported, taskSpecs } from '../../../shared/contract/worker/tasks.ts';
import { exportLimit } from '../../../shared/contract/worker/task-values.ts';
import type { JobKindName, JobView } from '../../../shared/domain/job.ts';
import { excerptLimit, namedLimit, type JobMaterial, type JobMaterialOf } from '../../../shared/domain/job-material.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import type { JobViews } from '../../store/jobs/job-views.ts';
import type { Store } from '../../store/store.ts';
import { agentRunPayload, resultMessage } from '../kinds/agent-run.ts';
import { browserRunPayload } from '../kinds/browser-run.ts';
import { chatAnswerPayload } from '../kinds/chat-answer.ts';
import { documentImportPayload } from '../kinds/document-import.ts';
import { synopsisAuditPayload } from '../kinds/synopsis-audit.ts';
import { auditOf, claimsOf } from '../synopsis-claims.ts';
import { readAudit } from '../../../shared/domain/synopsis-audit.ts';
import { passagesEmbedPayload } from '../kinds/passages-embed.ts';
import { synopsesExportPayload } from '../kinds/synopses-export.ts';
import { synopsisAutoexportPayload } from '../kinds/synopsis-autoexport.ts';

interface Sources {
  readonly store: Pick<Store, 'documents' | 'messages' | 'synopses' | 'synopsisAudits' | 'passageVectors' | 'browserTasks'>;
  readonly jobViews: Pick<JobViews, 'payload' | 'outputs'>;
}

function excerptOf(text: string): string {
  return text.slice(0, excerptLimit).toWellFormed();
}

function answerOf(id: MessageId, store: Pick<Store, 'messages'>): JobMaterialOf<'chat.answer'>['answer'] {
  const answer = store.messages.get(id);
  if (answer === null) return null;
  const { state, text, note, citations } = answer;
  return { state, text: excerptOf(text), note, citationCount: citations.length, isCut: text.length > excerptLimit };
}

/** How each kind is told. Null for a job whose payload no longer parses, or whose material is gone altogether. */
const materialOfKind: { readonly [K in JobKindName]: (job: JobView, from: Sources) => JobMaterialOf<K> | null } = {
  'document.import'(job, { store, jobViews }) {
    const payload = documentImportPayload.safeParse(jobViews.payload(job.id));
    const document = payload.success ? store.documents.get(payload.data.documentId) : null;
    if (document === null) return null;
    const isOurs = document.jobId === job.id && !store.documents.isRemoved(document.id);
    return { kind: 'document.import', origin: document.origin, document: isOurs ? document : null };
  },
  'synopsis.make'(job, { store }) {
    const head = store.synopses.ofJob(job.id);
    const session = head === null ? null : (store.synopses.progress(head.id)?.sessionId ?? null);
    const version = head === null || session === null ? null : store.synopses.open(session, head.id);
    if (head === null || version === null) return null;
    return {
      kind: 'synopsis.make',
      sessionId: version.sessionId,
      version: head,
      title: version.title,
      planned: version.plannedSections,
      sections: version.sections.map(({ kind, items }) => ({ kind, items: items.length })),
      sources: version.coverage.slice(0, namedLimit),
      sourceCount: version.coverage.length,
    };
  },
  'synopsis.audit'(job, { store, jobViews }) {
    const payload = synopsisAuditPayload.safeParse(jobViews.payload(job.id));
    const version = payload.success ? store.synopses.open(payload.data.sessionId, payload.data.versionId) : null;
    const head = version === null ? null : store.synopses.head(version.id);
    if (version === null || head === null) return null;
    const audit = auditOf(version, store);
    return {
      kind: 'synopsis.audit',
      sessionId: version.sessionId,
      version: head,
      title: version.title,
      claims: claimsOf(version).length,
      found: audit === null || audit.jobId !== job.id ? null : readAudit(audit, version.sections).summary,
    };
  },
  'passages.embed'(job, { store, jobViews }) {
    const payload = passagesEmbedPayload.safeParse(jobViews.payload(job.id));
    if (!payload.success) return null;
    return { kind: 'passages.embed', model: payload.data.modelId, ...store.passageVectors.health(payload.data) };
  },
  'chat.answer'(job, { store, jobViews }) {
    const payload = chatAnswerPayload.safeParse(jobViews.payload(job.id));
    if (!payload.success) return null;
    const question = store.messages.questionOf(payload.data.messageId);
    return {
      kind: 'chat.answer',
      question: question === null ? null : excerptOf(question.text),
      answer: answerOf(payload.data.messageId, store),
    };
  },
  'agent.run'(job, { store, jobViews }) {
    const payload = agentRunPayload.safeParse(jobViews.payload(job.id));
    if (!payload.success) return null;
    const { agent, task } = payload.data;
    const result = resultMessage(store, job.id);
    return { kind: 'agent.run', agent, task: excerptOf(task), answer: result === null ? null : answerOf(result.id, store) };
  },
  'browser.run'(job, { store, jobViews }) {
    const payload = browserRunPayload.safeParse(jobViews.payload(job.id));
    if (!payload.success) return null;
    const { what } = payload.data;
    const result = resultMessage(store, job.id);
    return {
      kind: 'browser.run',
      task: excerptOf(what.kind === 'task' ? what.task : what.recipe.name),
      isRecipe: what.kind === 'recipe',
      sites: [...store.browserTasks.sites(job.id)],
      answer: result === null ? null : answerOf(result.id, store),
    };
  },
  'synopses.export'(job, { store, jobViews }) {
    const payload = synopsesExportPayload.safeParse(jobViews.payload(job.id));
    if (!payload.success) return null;
    const { folder, language, versionIds } = payload.data;
    const written = jobViews.outputs(job.id, 'file:', versionIds.length).flatMap(({ output, undone }) => {
      const file = taskSpecs['synopses.export'].steps.file.safeParse(output);
      return file.success ? [{ path: file.data.path, state: undone ? ('undone' as const) : ('written' as const) }] : [];
    });
    return {
      kind: 'synopses.export',
      folder,
      language,
      titles: versionIds.slice(0, namedLimit).map(id => store.synopses.title(id) ?? ''),
      count: versionIds.length,
      files: written.slice(0, namedLimit),
      fileCount: written.length,
    };
  },
  'synopsis.autoexport'(job, { jobViews }) {
    const payload = synopsisAutoexportPayload.safeParse(jobViews.payload(job.id));
    if (!payload.success) return null;
    const written = jobViews.outputs(job.id, 'file:', exportLimit).flatMap(({ output }) => {
      const file = autoExported.safeParse(output);
      return file.success && file.data.did === 'written' ? [{ path: file.data.name, state: 'written' as const }] : [];
    });
    return {
      kind: 'synopsis.autoexport',
      folder: payload.data.folder,
      files: written.slice(0, namedLimit),
      fileCount: written.length,
    };
  },
};

/** What a job is given and what has come of it, from the database as it is now. */
export function jobMaterialOf(job: JobView, from: Sources): JobMaterial | null {
  return materialOfKind[job.kind](job, from);
}
