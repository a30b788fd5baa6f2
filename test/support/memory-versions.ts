import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import { noteId, versionId, type SessionId, type SynopsisId, type VersionId } from '../../src/shared/domain/ids.ts';
import { foldText } from '../../src/shared/domain/words.ts';
import type { StaleSection } from '../../src/shared/domain/stale-sections.ts';
import type { JobVersionHead, Section, SynopsisNote, SynopsisVersion, VersionHead } from '../../src/shared/domain/synopsis.ts';

export interface MemoryProposal {
  readonly version: VersionHead;
  readonly sections: Section[];
}

interface MemoryVersionsDeps {
  readonly uuid: () => string;
  readonly refuse: (code: 'not_found' | 'being_made' | 'changed_since' | 'nothing_to_undo' | 'nothing_stale') => never;
  readonly versions: ReadonlyMap<VersionId, SynopsisVersion>;
  readonly put: (version: SynopsisVersion) => SynopsisVersion;
  readonly headOf: (version: SynopsisVersion) => VersionHead;
  /** Begins the job of a version that makes these sections. */
  readonly begin: (
    from: SynopsisVersion,
    trigger: 'refresh' | 'regenerate',
    only: VersionHead['only'],
    instruction: string | null,
  ) => JobVersionHead;
  readonly now: () => number;
}

type VersionRoute = Extract<
  CallName,
  | 'synopses.refresh'
  | 'synopses.regenerate'
  | 'synopses.decide'
  | 'synopses.restore'
  | 'synopses.undo'
  | 'synopses.putNote'
  | 'synopses.removeNote'
  | 'synopses.freshness'
  | 'synopses.list'
  | 'synopses.tags'
  | 'synopses.setTags'
  | 'synopses.renameTag'
  | 'synopses.removeTag'
>;
type VersionHandlers = { readonly [N in VersionRoute]: (args: CallArgs<N>) => CallOutput<N> };

/** What becomes of synopses of the host in memory. What is outdated and what is proposed is said by the test. */
export function createMemoryVersions({ uuid, refuse, versions, put, headOf, begin, now }: MemoryVersionsDeps) {
  const stale = new Map<SessionId, StaleSection[]>();
  const proposals = new Map<SessionId, MemoryProposal>();
  const tags = new Map<SynopsisId, string[]>();

  const own = (session: SessionId): SynopsisVersion[] =>
    [...versions.values()].filter(version => version.sessionId === session).sort((a, b) => b.number - a.number);
  const current = (session: SessionId): SynopsisVersion => own(session).find(version => version.state === 'ready') ?? refuse('not_found');

  function byPerson(from: SynopsisVersion, session: SessionId, change: Partial<SynopsisVersion>): VersionHead {
    const newest = own(session)[0];
    if (newest?.state === 'making') refuse('being_made');
    return headOf(
      put({
        ...from,
        id: versionId.parse(uuid()),
        number: (newest?.number ?? 0) + 1,
        jobId: null,
        madeBy: [],
        basedOn: from.id,
        createdAtMs: now(),
        finishedAtMs: now(),
        ...change,
      }),
    );
  }

  function note(session: SessionId, change: (notes: readonly SynopsisNote[]) => SynopsisNote[]): void {
    const from = current(session);
    byPerson(from, session, { trigger: 'note', notes: change(from.notes) });
  }

  const newestOfEach = (): SynopsisVersion[] => {
    const newest = new Map<SessionId, SynopsisVersion>();
    for (const version of versions.values())
      if (version.state === 'ready' && version.number > (newest.get(version.sessionId)?.number ?? 0))
        newest.set(version.sessionId, version);
    return [...newest.values()];
  };
  const tagsOf = (id: SynopsisId): string[] => tags.get(id) ?? [];
  const allTags = (): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const names of tags.values()) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  };

  const handlers: VersionHandlers = {
    'synopses.freshness': ({ sessionId }) => ({
      versionId: own(sessionId).find(version => version.state === 'ready')?.id ?? null,
      stale: stale.get(sessionId) ?? [],
    }),
    'synopses.refresh': ({ sessionId, only }) => {
      const kinds = only ?? (stale.get(sessionId) ?? []).map(({ kind }) => kind);
      if (kinds.length === 0) refuse('nothing_stale');
      const version = begin(current(sessionId), 'refresh', kinds, null);
      proposals.set(sessionId, { version, sections: [] });
      return { version, joined: false };
    },
    'synopses.regenerate': ({ sessionId, kind, instruction }) => {
      const version = begin(current(sessionId), 'regenerate', [kind], instruction);
      proposals.set(sessionId, { version, sections: [] });
      return { version, joined: false };
    },
    'synopses.decide': ({ proposalId, kinds, accept }) => {
      const found = [...proposals].find(([, proposal]) => proposal.version.id === proposalId);
      if (found === undefined) return refuse('not_found');
      const [session, proposal] = found;
      const rest = proposal.sections.filter(({ kind }) => !kinds.includes(kind));
      if (rest.length === 0) proposals.delete(session);
      else proposals.set(session, { ...proposal, sections: rest });
      stale.set(
        session,
        (stale.get(session) ?? []).filter(({ kind }) => !kinds.includes(kind)),
      );
      const from = current(session);
      const taken = new Map(proposal.sections.filter(({ kind }) => kinds.includes(kind)).map(each => [each.kind, each]));
      if (!accept) {
        put(from);
        return { version: null };
      }
      const sections = from.sections.map(each => taken.get(each.kind) ?? each);
      return {
        version: byPerson(from, session, { trigger: 'refresh', sections, madeBy: [...taken.values()].map(each => each.provenance) }),
      };
    },
    'synopses.restore': ({ versionId: id }) => {
      const from = versions.get(id) ?? refuse('not_found');
      return { version: byPerson(from, from.sessionId, { trigger: 'restore', notes: current(from.sessionId).notes }) };
    },
    'synopses.undo': ({ sessionId, undoes }) => {
      const undone = current(sessionId);
      if (undoes !== null && undoes !== undone.id) return refuse('changed_since');
      const before = own(sessionId).find(version => version.state === 'ready' && version.number < undone.number);
      if (before === undefined) return refuse('nothing_to_undo');
      return { version: byPerson(before, sessionId, { trigger: 'restore' }), undone: headOf(undone) };
    },
    'synopses.putNote': ({ sessionId, noteId: wanted, after, text }) => {
      const id = wanted ?? noteId.parse(uuid());
      note(sessionId, notes => [...notes.filter(each => each.id !== id), { id, after, text, createdAtMs: now(), updatedAtMs: now() }]);
      return { noteId: id };
    },
    'synopses.removeNote': ({ sessionId, noteId: id }) => {
      note(sessionId, notes => notes.filter(each => each.id !== id));
      return {};
    },
    'synopses.list': ({ search, template, language, withIssues, isStale, tag, limit, before }) => {
      const rows = newestOfEach()
        .map(version => ({
          synopsisId: version.synopsisId,
          sessionId: version.sessionId,
          versionId: version.id,
          title: version.title,
          language: version.language,
          template: version.template,
          finishedAtMs: version.finishedAtMs ?? 0,
          sourceCount: version.coverage.length,
          issueCount: version.issues.length,
          isStale: (stale.get(version.sessionId) ?? []).length > 0,
          tags: tagsOf(version.synopsisId),
        }))
        .filter(
          row =>
            foldText(row.title).includes(foldText(search)) &&
            (template === null || row.template === template) &&
            (language === null || row.language === language) &&
            (!withIssues || row.issueCount > 0) &&
            (!isStale || row.isStale) &&
            (tag === null || row.tags.includes(tag)),
        )
        .sort((a, b) => b.finishedAtMs - a.finishedAtMs || (a.synopsisId < b.synopsisId ? 1 : -1));
      const from = before === null ? 0 : Number(before);
      return { synopses: rows.slice(from, from + limit), next: from + limit < rows.length ? String(from + limit) : null };
    },
    'synopses.tags': () => ({
      tags: [...allTags()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => ({ name, count })),
    }),
    'synopses.setTags': ({ synopsisId, tags: names }) => {
      const known = [...allTags().keys()];
      const spelt = names.map(name => known.find(each => foldText(each) === foldText(name)) ?? name);
      tags.set(synopsisId, [...new Set(spelt)].sort());
      return { tags: tagsOf(synopsisId) };
    },
    'synopses.renameTag': ({ from, to }) => {
      for (const [id, names] of tags) tags.set(id, [...new Set(names.map(name => (name === from ? to : name)))]);
      return {};
    },
    'synopses.removeTag': ({ tag }) => {
      for (const [id, names] of tags)
        tags.set(
          id,
          names.filter(name => name !== tag),
        );
      return {};
    },
  };

  return {
    handlers,
    proposalOf: (session: SessionId): MemoryProposal | null => proposals.get(session) ?? null,
    /** The chat holds more than these sections know of. */
    setStale(session: SessionId, sections: StaleSection[]): void {
      stale.set(session, sections);
      const version = own(session).find(each => each.state === 'ready');
      if (version) put(version);
    },
    propose(session: SessionId, proposal: MemoryProposal): void {
      proposals.set(session, proposal);
      const version = own(session).find(each => each.state === 'ready');
      if (version) put(version);
    },
    setTags: (id: SynopsisId, names: string[]) => void tags.set(id, names),
  };
}
