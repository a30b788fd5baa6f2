import type { writtenStates } from '../../shared/domain/job-material.ts';

/** The parts of the inspector, in its order. */
export const inspectorParts = ['overview', 'result', 'input', 'log', 'files'] as const;
export type InspectorPart = (typeof inspectorParts)[number];

/** What one task was given, what came of it and where that lies. */
export interface InspectorMessages {
  readonly material: {
    readonly parts: string;
    readonly part: Readonly<Record<InspectorPart, string>>;
    readonly worker: string;
    readonly workerProcess: (worker: string) => string;
    readonly waited: string;
    readonly took: string;
    readonly oneStep: string;
    readonly gone: string;
    readonly notYet: (words: string) => string;
    readonly none: (words: string) => string;
    readonly document: string;
    readonly documentGone: string;
    readonly text: string;
    readonly showText: string;
    readonly from: string;
    readonly fromFile: string;
    readonly fromAddress: string;
    readonly fromPaste: string;
    readonly version: (number: number, state: string) => string;
    readonly sectionItems: (count: number) => string;
    readonly showSynopsis: string;
    readonly sources: (count: number) => string;
    readonly moreNames: (count: number) => string;
    readonly question: string;
    readonly questionGone: string;
    readonly answer: string;
    readonly answerGone: string;
    readonly citations: (count: number) => string;
    readonly restInChat: string;
    readonly folder: string;
    readonly synopses: (count: number) => string;
    readonly untitled: string;
    readonly filesWritten: (count: number) => string;
    readonly fileState: Readonly<Record<(typeof writtenStates)[number], string>>;
    readonly original: string;
    readonly storedText: string;
    readonly inDatabase: { readonly synopsis: string; readonly answer: string; readonly index: string };
    readonly meaningOf: (model: string) => string;
    readonly indexed: (done: number, total: number) => string;
    readonly noFilesYet: string;
  };
}
