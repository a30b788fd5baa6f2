import type { Language } from '../../../shared/domain/language.ts';
import type { DetailLevel, SectionKind, Template } from '../../../shared/domain/synopsis.ts';
import { english } from './english.ts';
import { russian } from './russian.ts';

/**
 * Goes into the name of every recorded call: an answer to other words is asked for anew. Raise it with any change of the words
 * in `russian.ts` or `english.ts`.
 */
export const promptVersion = 1;

/** What a note of a part of the material may be about. */
export const noteKinds = [
  'theses',
  'terms',
  'timeline',
  'decisions',
  'tasks',
  'figures',
  'contradictions',
  'questions',
] as const satisfies readonly SectionKind[];
export type NoteKind = (typeof noteKinds)[number];

/** The words a model is told, in the language that the synopsis is written in. */
export interface SynopsisPrompts {
  /** Who it is and what holds for every call. */
  readonly role: string;
  /** The kind of the material and what a reader of it wants. */
  readonly template: Readonly<Record<Template, string>>;
  readonly detail: Readonly<Record<DetailLevel, string>>;
  /** What belongs into a section and what does not. */
  readonly section: Readonly<Record<SectionKind, string>>;
  /** The shape of one item, as JSON with words for values; evidence aside. */
  readonly shape: Readonly<Record<SectionKind, string>>;
  readonly most: (count: number) => string;
  /** How an item names its evidence: words of the material, or numbers of notes. */
  readonly evidence: Readonly<Record<'quotes' | 'notes', { readonly rule: string; readonly shape: string }>>;
  readonly answer: (shape: string) => string;
  /** The task of one call for a section, after its material. */
  readonly writeSection: (name: string) => string;
  readonly sectionName: Readonly<Record<SectionKind, string>>;
  readonly wish: (instruction: string) => string;
  readonly material: string;
  readonly notes: string;
  readonly takeNotes: (kinds: readonly string[], most: number) => string;
  readonly noteShape: string;
  readonly repairShape: (problem: string) => string;
  readonly repairEvidence: (items: readonly string[]) => string;
  readonly evidenceShape: Readonly<Record<'quotes' | 'notes', string>>;
  /** A judge of claims, and the shape of its word. */
  readonly judge: string;
  readonly judgeShape: string;
  readonly judgeTask: string;
  readonly claim: string;
  readonly quotes: string;
}

export const synopsisPrompts: Readonly<Record<Language, SynopsisPrompts>> = { ru: russian, en: english };
