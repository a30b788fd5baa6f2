import type { TaskInput } from '../../../shared/contract/worker/tasks.ts';
import { missingCitations, type Section, type SectionKind } from '../../../shared/domain/synopsis.ts';
import { delimitedData } from '../../agent/loop/delimited-data.ts';
import { estimateTokens } from '../../agent/loop/estimate-tokens.ts';
import type { TaskContext } from '../../runtime/task-context.ts';
import type { ReadSource, Shortcomings } from '../coverage.ts';
import { synopsisPrompts } from '../prompts/synopsis-prompts.ts';
import { createQuoteSearch } from './find-quotes.ts';
import { chunksOf, type Chunk } from './material.ts';
import { createAsk } from '../../agent/loop/recorded-call.ts';
import { sectionOf } from './section-of.ts';
import { takeNotes, type Notes } from './take-notes.ts';
import type { Workshop } from './workshop.ts';
import { noteKindsOf, notesOfSection, writeSection, type WrittenSection } from './write-section.ts';

/** Share of a context that is left for the answer, and the most of it: the longest sections have some 4,000 tokens. */
const answerShare = 0.25;
const mostAnswerTokens = 4_096;
/** Left over for what an estimate of tokens is wrong by, and for the marks around the material. */
const spareShare = 0.1;
/** The words of a task with its shape, by estimate, in the longer of the two languages. */
const taskTokens = 700;
/** The least that is worth a call. */
const leastRoom = 400;
/** Material up to this is shown whole for each section: a long article. Beyond it a call for each section would cost more than notes. */
const wholeTokens = 24_000;
/** A part of long material: notes of more than a dozen pages in one go leave out what stands in the middle. */
const partTokens = 8_000;

export interface MakeWithModelParams {
  readonly input: TaskInput<'synopsis.make'> & { readonly model: NonNullable<TaskInput<'synopsis.make'>['model']> };
  readonly context: TaskContext<'synopsis.make'>;
  readonly sources: readonly ReadSource[];
  /** The built-in engine's section, for one that no model could write. */
  readonly builtIn: (kind: SectionKind) => Promise<Section>;
}

/**
 * Makes the sections with a model. Every call is a recorded step named after what it asks, so an attempt that follows a crash
 * reads the answers and pays for none of them twice; what is made of an answer is computed again and comes out the same.
 */
export async function makeWithModel({ input, context, sources, builtIn }: MakeWithModelParams): Promise<Shortcomings> {
  const { models, instruction } = input.model;
  const [chosen] = models;
  const setup = await context.step('setup', () => ({ contextTokens: chosen?.connection.contextTokens ?? 1 }));
  const prompts = synopsisPrompts[input.language];
  const data = delimitedData();
  const fixed = [prompts.role, prompts.template[input.template], prompts.detail[input.detail]].join('\n\n');
  const system = `${fixed}\n\n${data.rule(input.language)}`;
  const { contextTokens } = setup;
  const room = Math.max(
    leastRoom,
    Math.floor(
      contextTokens * (1 - spareShare) - Math.min(mostAnswerTokens, contextTokens * answerShare) - estimateTokens(system) - taskTokens,
    ),
  );
  const workshop: Workshop = {
    ask: createAsk(models, context),
    prompts,
    sources,
    quotes: createQuoteSearch(sources),
    data,
    detail: input.detail,
    system,
    fixed,
    instruction,
    room,
    report(done, total) {
      context.report({ phase: 'reading', label: null, done, total });
    },
  };

  const whole = chunksOf(sources, Math.min(room, wholeTokens));
  let notes: Notes | null = null;
  async function fromNotes(kind: SectionKind): Promise<WrittenSection> {
    notes ??= await takeNotes(chunksOf(sources, Math.min(room, partTokens)), noteKindsOf(input.sections), workshop);
    const own = notesOfSection(kind, notes.notes);
    // Nothing of the kind was found anywhere: an honest empty section. Nothing at all was found: no model has read it.
    if (own.length === 0 && notes.notes.length > 0 && chosen !== undefined)
      return { outcome: 'answered', items: [], by: { provider: chosen.provider, model: chosen.connection.modelId } };
    return writeSection(kind, { from: 'notes', notes: own }, workshop);
  }
  async function written(kind: SectionKind): Promise<WrittenSection> {
    const [only] = whole;
    if (whole.length !== 1 || only === undefined) return fromNotes(kind);
    const section = await writeSection(kind, { from: 'quotes', chunk: only satisfies Chunk }, workshop);
    return section.outcome === 'too_long' || section.outcome === 'cut' ? fromNotes(kind) : section;
  }

  const material = sources.map(({ snapshot }) => snapshot.hash);
  const shortcomings = { missing: 0, leftOut: 0, withoutModel: 0, unread: 0 };
  const total = input.sections.length;
  for (const [done, kind] of input.sections.entries()) {
    context.report({ phase: 'section', label: kind, done, total });
    const answer = await written(kind);
    const made = answer.outcome === 'answered' ? sectionOf(kind, answer, material) : null;
    if (made === null) shortcomings.withoutModel += 1;
    else shortcomings.leftOut += made.leftOut ?? 0;
    const section = await context.step(`section:${kind}`, async () => made ?? { ...(await builtIn(kind)), isStandIn: true });
    shortcomings.missing += missingCitations(section);
  }
  const read: Notes | null = notes;
  return { ...shortcomings, unread: unreadOf(read) };
}

function unreadOf(notes: Notes | null): number {
  return notes?.unread.size ?? 0;
}
