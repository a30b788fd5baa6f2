import type { Citation, SectionKind } from '../../../shared/domain/synopsis.ts';
import type { RecordedCall } from '../../../shared/domain/synopsis-model.ts';
import { estimateTokens } from '../../agent/loop/estimate-tokens.ts';
import { detailCounts } from '../../extractive/detail-counts.ts';
import { promptVersion, type NoteKind } from '../prompts/synopsis-prompts.ts';
import { answerItems, evidence, type AnswerItem, type Evidence } from './answer-shapes.ts';
import { askForItems } from './ask-for-items.ts';
import { contentOf, shownChunk, type Chunk } from './material.ts';
import { shownNote, type Note } from './notes.ts';
import { readItems } from './read-answer.ts';
import type { Workshop } from './workshop.ts';

/** What a section is written from: the material itself, or notes of it where it is long. */
export type Ground = { readonly from: 'quotes'; readonly chunk: Chunk } | { readonly from: 'notes'; readonly notes: readonly Note[] };

/** An item with what was found for it. Without any, `claimed` says what the model gave as its proof. */
export interface WrittenItem {
  readonly answer: AnswerItem;
  readonly citations: readonly Citation[];
  readonly claimed: readonly Citation[];
}

export type WrittenSection =
  | { readonly outcome: 'answered'; readonly items: readonly WrittenItem[]; readonly by: Pick<RecordedCall, 'provider' | 'model'> }
  | { readonly outcome: Exclude<RecordedCall['outcome'], 'answered'> | 'unusable' };

/** A model finds contradictions, which the built-in engine does not, so it alone has no count of them. */
const contradictionCount = { short: 3, standard: 6, full: 12 } as const;
/** Citations of an item, as the stored item bounds them; a reader looks at one or two. */
const citationLimit = 8;

/** Less in one call is not tried: what fails with so few notes fails with fewer. */
const leastRoom = 200;

/** Notes that a section is made of, by their kind; where there are none of these, all of them. */
const notesFor: Readonly<Record<SectionKind, readonly NoteKind[]>> = {
  summary: ['theses', 'decisions', 'contradictions'],
  theses: ['theses', 'decisions', 'contradictions'],
  terms: ['terms'],
  timeline: ['timeline'],
  decisions: ['decisions'],
  tasks: ['tasks'],
  figures: ['figures'],
  contradictions: ['contradictions', 'theses', 'figures', 'timeline', 'decisions'],
  questions: ['questions'],
  selfCheck: ['theses', 'terms'],
};
/** Sections that are about the whole: they are written from whatever notes there are. Others are empty without notes of their kind. */
const aboutTheWhole: ReadonlySet<SectionKind> = new Set(['summary', 'theses', 'selfCheck']);

/** The kinds of notes that these sections need. */
export function noteKindsOf(sections: readonly SectionKind[]): NoteKind[] {
  return [...new Set(sections.flatMap(kind => notesFor[kind]))];
}

export function notesOfSection(kind: SectionKind, notes: readonly Note[]): readonly Note[] {
  const own = notes.filter(note => notesFor[kind].includes(note.kind));
  return own.length === 0 && aboutTheWhole.has(kind) ? notes : own;
}

/**
 * One section by a model: asked for, its shape checked and repaired once, its evidence looked up, and asked for once more for
 * those items of which nothing was found. Notes that do not fit into one call are condensed in parts first.
 */
export async function writeSection(kind: SectionKind, ground: Ground, workshop: Workshop): Promise<WrittenSection> {
  if (ground.from === 'quotes') return writeOnce(kind, ground, workshop);
  let { notes } = ground;
  let { room } = workshop;
  for (;;) {
    if (notes.length === 0) return { outcome: 'unusable' };
    const batches = batchesOf(notes, room);
    const [only] = batches;
    if (batches.length === 1 && only !== undefined) {
      const section = await writeOnce(kind, { from: 'notes', notes: only }, workshop);
      const isTooMuch = section.outcome === 'too_long' || section.outcome === 'cut';
      if (!isTooMuch || only.length === 1 || room < leastRoom) return section;
      room = Math.min(room, estimateTokens(only.map(note => shownNote(note, only.length)).join('\n'))) / 2;
      continue;
    }
    const condensed: Note[] = [];
    for (const batch of batches) {
      const part = await writeOnce(kind, { from: 'notes', notes: batch }, workshop);
      if (part.outcome === 'answered') condensed.push(...part.items.flatMap(item => noteOf(kind, item)));
    }
    // It has to become less; a model that writes more than it was given gets the first of them.
    notes = condensed.length < notes.length ? condensed : notes.slice(0, Math.floor(notes.length / 2));
  }
}

async function writeOnce(kind: SectionKind, ground: Ground, workshop: Workshop): Promise<WrittenSection> {
  const { prompts, detail, instruction, data, sources } = workshop;
  const wanted = kind === 'contradictions' ? contradictionCount[detail] : detailCounts[kind][detail];
  const shape = `{"items": [{${prompts.shape[kind]}, ${prompts.evidence[ground.from].shape}}]}`;
  const task = [
    prompts.writeSection(prompts.sectionName[kind]),
    prompts.section[kind],
    prompts.most(wanted),
    prompts.evidence[ground.from].rule,
    ...(instruction === null ? [] : [prompts.wish(instruction)]),
    prompts.answer(shape),
  ].join('\n');
  const listed = ground.from === 'notes' ? ground.notes.map((note, index) => shownNote(note, index + 1)).join('\n') : '';
  const shown =
    ground.from === 'notes' ? data.delimit(prompts.notes, listed) : shownChunk(ground.chunk, sources, prompts.material, data.delimit);
  const question = {
    purpose: kind,
    system: workshop.system,
    task: `${shown}\n\n${task}`,
    content: [`v${promptVersion}`, workshop.fixed, task, ...(ground.from === 'notes' ? [listed] : contentOf(ground.chunk, sources))],
  };
  const asked = await askForItems<AnswerItem>(question, answerItems[kind], workshop);
  if (asked.outcome !== 'answered') return asked;

  const items = asked.items.slice(0, wanted).map(answer => ({ answer, ...found(answer, ground, workshop) }));
  const bare = items.flatMap(({ citations }, index) => (citations.length === 0 ? [index] : []));
  if (bare.length === 0) return { outcome: 'answered', items, by: asked.by };

  const again = [
    prompts.repairEvidence(bare.map(index => `${index + 1}. ${items[index]?.answer.text ?? ''}`)),
    prompts.evidence[ground.from].rule,
    prompts.answer(prompts.evidenceShape[ground.from]),
  ].join('\n');
  const second = await workshop.ask({
    purpose: `${kind}-proof`,
    system: workshop.system,
    messages: [question.task, asked.text, again],
    content: [...question.content, asked.text, again],
  });
  const proofs = second.outcome === 'answered' ? readItems(second.text, evidence).items : [];
  const repaired = items.map((item, index) => {
    const proof = bare.includes(index) ? proofs.find(each => each.item === index + 1) : undefined;
    if (proof === undefined) return item;
    const now = found(proof, ground, workshop);
    return now.citations.length > 0 ? { answer: item.answer, ...now } : item;
  });
  return { outcome: 'answered', items: repaired, by: asked.by };
}

/** The places that an item's evidence leads to, each once. */
function found({ quotes, notes }: Evidence, ground: Ground, { quotes: search }: Workshop): Pick<WrittenItem, 'citations' | 'claimed'> {
  const places =
    ground.from === 'notes'
      ? notes.flatMap(number => ground.notes[number - 1]?.citations ?? [])
      : quotes.flatMap(quote => search.find(quote, ground.chunk) ?? []);
  const seen = new Set<string>();
  const citations = places.filter(({ snapshotHash, start, end }) => {
    const place = `${snapshotHash}:${start}:${end}`;
    return !seen.has(place) && seen.add(place);
  });
  return {
    citations: citations.slice(0, citationLimit),
    claimed: quotes.flatMap(quote => search.missing(quote) ?? []).slice(0, citationLimit),
  };
}

/** What is left of an item between two rounds; without proof it is left out. */
function noteOf(kind: SectionKind, { answer, citations }: WrittenItem): Note[] {
  if (citations.length === 0) return [];
  return [
    {
      kind: notesFor[kind][0] ?? 'theses',
      text: 'answer' in answer ? `${answer.text} ${answer.answer}` : answer.text,
      term: 'term' in answer ? answer.term : null,
      when: 'when' in answer ? answer.when : null,
      who: 'who' in answer ? answer.who : null,
      due: 'due' in answer ? answer.due : null,
      figure: 'figure' in answer ? answer.figure : null,
      citations,
    },
  ];
}

/** Notes in order, in as many lists as have room in one call each. */
function batchesOf(notes: readonly Note[], room: number): Note[][] {
  const batches: Note[][] = [];
  let left = 0;
  for (const note of notes) {
    const cost = estimateTokens(shownNote(note, notes.length));
    const batch = batches.at(-1);
    if (batch === undefined || cost > left) {
      batches.push([note]);
      left = room - cost;
    } else {
      batch.push(note);
      left -= cost;
    }
  }
  return batches;
}
