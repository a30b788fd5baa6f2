import { randomUUID } from 'node:crypto';
import type { Client } from '../../../shared/contract/client.ts';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import { sectionNames } from '../../../shared/domain/section-names.ts';
import { sectionKinds, type SectionKind, type SynopsisVersion, type VersionHead } from '../../../shared/domain/synopsis.ts';
import { diffSideOf, fieldOf, itemFields, synopsisDiff, type Item, type ItemDiff } from '../../../shared/domain/synopsis-diff.ts';
import type { TextRun } from '../../../shared/domain/word-diff.ts';
import { spokenLanguage } from '../../app/spoken-language.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findChat } from '../find-chat.ts';
import { printable, printableText } from '../printable.ts';
import { unwrap } from '../unwrap.ts';
import { versionWordsFor, type VersionWords } from '../version-words.ts';
import { ended, whileWaiting } from './jobs.ts';

interface OfChat {
  readonly client: Client;
  readonly sessionId: SessionId;
  readonly words: VersionWords;
  readonly signal: AbortSignal;
  readonly sectionName: (kind: SectionKind) => string;
}

/** Runs `work` with the chat that was named. `works`: a job is waited for. */
function ofChat(context: CommandContext, chat: string, works: boolean, work: (of: OfChat) => Promise<ExitCode>): Promise<ExitCode> {
  return whileWaiting(context, signal =>
    withProgram(context, { works, signal }, async ({ client }) => {
      const sessionId = await findChat(client, chat, context);
      const names = sectionNames[spokenLanguage(context.locale)];
      return work({ client, sessionId, signal, words: versionWordsFor(context.locale), sectionName: kind => names[kind] });
    }),
  );
}

async function opened({ client, sessionId }: OfChat, context: CommandContext): Promise<CallOutput<'synopses.open'>> {
  return unwrap(await client.call('synopses.open', { sessionId }), context.words);
}

/** The finished versions, newest first; at least one. */
async function finished(of: OfChat, context: CommandContext): Promise<[VersionHead, ...VersionHead[]]> {
  const [current, ...earlier] = (await opened(of, context)).versions.filter(head => head.state === 'ready');
  if (current === undefined) throw new CommandError(exitCodes.notFound, of.words.noSynopsis);
  return [current, ...earlier];
}

async function numbered(of: OfChat, context: CommandContext, number: number): Promise<VersionHead> {
  const found = (await finished(of, context)).find(head => head.number === number);
  if (found === undefined) throw new CommandError(exitCodes.notFound, of.words.noVersion(number));
  return found;
}

/** Sections by their names in either language, or the word of the contract. */
function sectionsNamed(given: readonly string[], { words, sectionName }: OfChat): SectionKind[] {
  return given.map(name => {
    const wanted = name.toLocaleLowerCase();
    const found = sectionKinds.find(
      kind => kind.toLowerCase() === wanted || Object.values(sectionNames).some(names => names[kind].toLocaleLowerCase() === wanted),
    );
    if (found === undefined) throw new CommandError(exitCodes.usage, words.noSection(name, sectionKinds.map(sectionName).join(', ')));
    return found;
  });
}

export function listVersions(context: CommandContext, chat: string, options: { readonly json: boolean }): Promise<ExitCode> {
  return ofChat(context, chat, false, async of => {
    const { versions } = await opened(of, context);
    if (options.json) context.out.write(`${JSON.stringify(versions)}\n`);
    else for (const head of versions) context.out.write(`${versionLine(head, of.words)}\n`);
    return exitCodes.done;
  });
}

function versionLine({ number, state, trigger, madeBy, jobId, createdAtMs, instruction }: VersionHead, words: VersionWords): string {
  const makers = madeBy.map(each => (each.kind === 'extractive' ? words.builtIn : each.model));
  const author = [...(jobId === null ? [words.you] : []), ...makers].join(', ');
  const said = instruction === null ? [] : [`"${instruction}"`];
  const parts = [String(number), new Date(createdAtMs).toISOString(), words.state[state], words.trigger[trigger], author, ...said];
  return printable(parts.join('  '));
}

export function diffVersions(
  context: CommandContext,
  chat: string,
  options: { readonly from: number | null; readonly to: number | null; readonly json: boolean },
): Promise<ExitCode> {
  return ofChat(context, chat, false, async of => {
    const all = await finished(of, context);
    const to = options.to === null ? all[0] : await numbered(of, context, options.to);
    const from = options.from === null ? all.find(head => head.number < to.number) : await numbered(of, context, options.from);
    if (from === undefined) throw new CommandError(exitCodes.failed, of.words.oneVersion);
    const read = async ({ id }: VersionHead): Promise<SynopsisVersion> => {
      const { version } = unwrap(await of.client.call('synopses.open', { sessionId: of.sessionId, versionId: id }), context.words);
      if (version === null) throw new CommandError(exitCodes.notFound, of.words.noSynopsis);
      return version;
    };
    const diff = synopsisDiff(diffSideOf(await read(from)), diffSideOf(await read(to)));
    if (options.json) {
      context.out.write(`${JSON.stringify(diff)}\n`);
      return exitCodes.done;
    }
    const lines = diff.sections
      .filter(({ change }) => change !== 'same')
      .flatMap(({ kind, items }) => [`## ${of.sectionName(kind)}`, ...items.filter(({ change }) => change !== 'same').map(itemLine), '']);
    const notes = diff.notes.map(note =>
      note.change === 'changed'
        ? `~ ${of.words.note}: ${marked(note.runs)}`
        : `${note.change === 'added' ? '+' : '-'} ${of.words.note}: ${note.text}`,
    );
    const all2 = [...(diff.title === null ? [] : [`~ ${marked(diff.title)}`]), ...lines, ...notes];
    context.out.write(`${printableText(all2.length === 0 ? of.words.same : all2.join('\n').trimEnd())}\n`);
    return exitCodes.done;
  });
}

/** As a reader of diffs knows it: what is gone in [-…-], what is new in {+…+}. */
function marked(runs: readonly TextRun[]): string {
  return runs.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('');
}

function wording(item: Item): string {
  return itemFields.flatMap(field => fieldOf(item, field) || []).join(' · ');
}

function itemLine(diff: ItemDiff): string {
  switch (diff.change) {
    case 'same':
      return `  ${wording(diff.item)}`;
    case 'added':
      return `+ ${wording(diff.item)}`;
    case 'removed':
      return `- ${wording(diff.item)}`;
    case 'changed':
      return `~ ${diff.fields.map(({ runs }) => marked(runs)).join(' · ')}`;
  }
}

export function restoreVersion(context: CommandContext, chat: string, number: number): Promise<ExitCode> {
  return ofChat(context, chat, false, async of => {
    const { id } = await numbered(of, context, number);
    const { version } = unwrap(await of.client.call('synopses.restore', { requestKey: randomUUID(), versionId: id }), context.words);
    context.out.write(`${of.words.restored(number, version.number)}\n`);
    return exitCodes.done;
  });
}

export function undoVersion(context: CommandContext, chat: string): Promise<ExitCode> {
  return ofChat(context, chat, false, async of => {
    const result = unwrap(await of.client.call('synopses.undo', { requestKey: randomUUID(), sessionId: of.sessionId }), context.words);
    context.out.write(`${of.words.undone(of.words.trigger[result.undone.trigger], result.version.number)}\n`);
    return exitCodes.done;
  });
}

export function listStale(context: CommandContext, chat: string, options: { readonly json: boolean }): Promise<ExitCode> {
  return ofChat(context, chat, false, async of => {
    const { versionId, stale } = unwrap(await of.client.call('synopses.freshness', { sessionId: of.sessionId }), context.words);
    if (versionId === null) throw new CommandError(exitCodes.notFound, of.words.noSynopsis);
    if (options.json) context.out.write(`${JSON.stringify(stale)}\n`);
    else if (stale.length === 0) context.out.write(`${of.words.fresh}\n`);
    else
      for (const { kind, reasons } of stale)
        context.out.write(`${printable(`${of.sectionName(kind)}: ${reasons.map(of.words.reason).join('; ')}`)}\n`);
    return exitCodes.done;
  });
}

async function followed(of: OfChat, context: CommandContext, jobId: JobId): Promise<ExitCode> {
  return ended(of.client, jobId, jobId, context, of.signal);
}

export function refreshSections(context: CommandContext, chat: string, given: readonly string[]): Promise<ExitCode> {
  return ofChat(context, chat, true, async of => {
    const only = given.length === 0 ? null : sectionsNamed(given, of);
    const request = { sessionId: of.sessionId, requestKey: randomUUID(), only };
    const { version } = unwrap(await of.client.call('synopses.refresh', request), context.words);
    const exit = await followed(of, context, version.jobId);
    const { proposal } = await opened(of, context);
    const names = (proposal?.sections ?? []).map(({ kind }) => of.sectionName(kind)).join(', ');
    context.err.write(`${names === '' ? of.words.nothingNew : of.words.proposed(names)}\n`);
    return exit;
  });
}

export function regenerateSection(context: CommandContext, chat: string, section: string, instruction: string | null): Promise<ExitCode> {
  return ofChat(context, chat, true, async of => {
    const [kind] = sectionsNamed([section], of);
    if (kind === undefined) throw new CommandError(exitCodes.usage, of.words.noSection(section, ''));
    const request = { sessionId: of.sessionId, requestKey: randomUUID(), kind, instruction };
    const { version } = unwrap(await of.client.call('synopses.regenerate', request), context.words);
    return followed(of, context, version.jobId);
  });
}

export function decideProposal(context: CommandContext, chat: string, given: readonly string[], accept: boolean): Promise<ExitCode> {
  return ofChat(context, chat, false, async of => {
    const { proposal } = await opened(of, context);
    if (proposal === null || proposal.version.state !== 'ready') throw new CommandError(exitCodes.notFound, of.words.noProposal);
    const kinds = given.length === 0 ? proposal.sections.map(({ kind }) => kind) : sectionsNamed(given, of);
    const call = { requestKey: randomUUID(), proposalId: proposal.version.id, kinds, accept };
    const { version } = unwrap(await of.client.call('synopses.decide', call), context.words);
    context.out.write(`${version === null ? of.words.rejected : of.words.accepted(version.number)}\n`);
    return exitCodes.done;
  });
}

/** Without a text the notes are listed. */
export function changeNotes(
  context: CommandContext,
  chat: string,
  text: string | null,
  options: { readonly after: string | null; readonly remove: number | null },
): Promise<ExitCode> {
  return ofChat(context, chat, false, async of => {
    const { version } = await opened(of, context);
    const notes = version?.notes ?? [];
    if (options.remove !== null) {
      const note = notes[options.remove - 1];
      if (note === undefined) throw new CommandError(exitCodes.notFound, of.words.noNote(options.remove));
      const call = { requestKey: randomUUID(), sessionId: of.sessionId, noteId: note.id };
      unwrap(await of.client.call('synopses.removeNote', call), context.words);
      context.out.write(`${of.words.noteRemoved}\n`);
    } else if (text === null) {
      if (notes.length === 0) context.out.write(`${of.words.noNotes}\n`);
      notes.forEach((note, at) => {
        const place = note.after === null ? '' : `  (${of.sectionName(note.after)})`;
        context.out.write(`${printableText(`${at + 1}${place}\n${note.text}`)}\n`);
      });
    } else {
      const [after = null] = options.after === null ? [] : sectionsNamed([options.after], of);
      const call = { requestKey: randomUUID(), sessionId: of.sessionId, after, text };
      unwrap(await of.client.call('synopses.putNote', call), context.words);
      context.out.write(`${of.words.noted}\n`);
    }
    return exitCodes.done;
  });
}
