import type { DetailLevel } from '../../../shared/domain/synopsis.ts';
import { promptVersion, type NoteKind } from '../prompts/synopsis-prompts.ts';
import { answerNote, type AnswerNote } from './answer-shapes.ts';
import { askForItems } from './ask-for-items.ts';
import { contentOf, halvesOf, shownChunk, type Chunk } from './material.ts';
import type { Note } from './notes.ts';
import type { Workshop } from './workshop.ts';

/** Notes of one part: what a reader would underline on a dozen pages. */
const notesOfPart: Readonly<Record<DetailLevel, number>> = { short: 8, standard: 14, full: 24 };

export interface Notes {
  readonly notes: readonly Note[];
  /** Indices of the sources of which a part could not be read by any model. */
  readonly unread: ReadonlySet<number>;
}

/** The first half of map-reduce: a call for each part of the material, each recorded. */
export async function takeNotes(chunks: readonly Chunk[], kinds: readonly NoteKind[], workshop: Workshop): Promise<Notes> {
  const notes: Note[] = [];
  const unread = new Set<number>();
  for (const [done, chunk] of chunks.entries()) {
    workshop.report(done, chunks.length);
    for (const part of await notesOf(chunk, kinds, workshop)) {
      if ('unread' in part) for (const { source } of part.unread) unread.add(source);
      else notes.push(part);
    }
  }
  return { notes, unread };
}

async function notesOf(chunk: Chunk, kinds: readonly NoteKind[], workshop: Workshop): Promise<(Note | { readonly unread: Chunk })[]> {
  const { prompts, sources, data, detail, quotes } = workshop;
  const most = notesOfPart[detail];
  const task = [prompts.takeNotes(kinds, most), prompts.evidence.quotes.rule, prompts.answer(prompts.noteShape)].join('\n');
  const asked = await askForItems(
    {
      purpose: 'notes',
      system: workshop.system,
      task: `${shownChunk(chunk, sources, prompts.material, data.delimit)}\n\n${task}`,
      content: [`v${promptVersion}`, workshop.fixed, task, ...contentOf(chunk, sources)],
    },
    answerNote,
    workshop,
  );
  if (asked.outcome === 'too_long' || asked.outcome === 'cut') {
    const halves = halvesOf(chunk, sources);
    if (halves !== null) return [...(await notesOf(halves[0], kinds, workshop)), ...(await notesOf(halves[1], kinds, workshop))];
  }
  if (asked.outcome !== 'answered') return [{ unread: chunk }];
  return asked.items.flatMap(item => {
    const citations = item.quotes.flatMap(quote => quotes.find(quote, chunk) ?? []);
    return citations.length === 0 ? [] : [noteOf(item, citations)];
  });
}

function noteOf({ kind, text, term, when, who, due, figure }: AnswerNote, citations: Note['citations']): Note {
  return { kind, text, term, when, who, due, figure, citations };
}
