import { documentId, jobId, sessionId, sha256Hex, synopsisId, versionId } from '../../../src/shared/domain/ids.ts';
import {
  sectionKinds,
  synopsisVersion,
  type Citation,
  type CoverageSource,
  type Section,
  type SynopsisVersion,
} from '../../../src/shared/domain/synopsis.ts';

export const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const hash = sha256Hex.parse('a'.repeat(64));
/** Everything Markdown might take for itself. */
export const nasty = [
  '1. a number first',
  '2) too',
  '# no heading',
  '###### nor this',
  '- no list',
  '+ nor this',
  '> no quote',
  '*stars* __lines__ `code`',
  '[link](x) ![image](y) [^1] [x]',
  '<script>alert(1)</script>',
  'a | b | c',
  '~~gone~~ and ~this~',
  '&lt;b&gt; &#42; AT&T',
  '$x$ costs $5 and $6',
  String.raw`back\slash \* \[`,
  '    four spaces',
  'line\nbreaks\r\n\r\n# here',
  '---',
  '***',
  '```',
  '«Кавычки» — и тире…',
];

export const citation = (quote: string, at: number): Citation => ({
  source: { kind: 'document', documentId: documentId.parse(id(1)) },
  snapshotHash: hash,
  quote,
  prefix: '',
  suffix: '',
  start: at,
  end: at + quote.length,
  page: at + 1,
  messageId: null,
  support: 'verified',
});

export function sectionsOf(texts: readonly string[]): Section[] {
  const base = (text: string, at: number) => ({ id: `x-${at}`, text, citations: [citation(text, at)] });
  const provenance = { kind: 'extractive' as const, version: '1' };
  return [
    { kind: 'summary', items: texts.map(base), emptyReason: null, provenance },
    { kind: 'theses', items: texts.map(base), emptyReason: null, provenance },
    { kind: 'terms', items: texts.map((text, at) => ({ ...base(text, at), term: text })), emptyReason: null, provenance },
    { kind: 'timeline', items: texts.map((text, at) => ({ ...base(text, at), when: text, date: null })), emptyReason: null, provenance },
    { kind: 'tasks', items: texts.map((text, at) => ({ ...base(text, at), who: text, due: text })), emptyReason: null, provenance },
    { kind: 'figures', items: texts.map((text, at) => ({ ...base(text, at), figure: text })), emptyReason: null, provenance },
    { kind: 'contradictions', items: [], emptyReason: 'needs_model', provenance },
    { kind: 'selfCheck', items: texts.map((text, at) => ({ ...base(text, at), answer: text })), emptyReason: null, provenance },
  ];
}

export const coverageLine = (changes: Partial<CoverageSource>): CoverageSource => ({
  source: { kind: 'document', documentId: documentId.parse(id(1)) },
  title: 'A book',
  snapshotHash: hash,
  state: 'used',
  reason: null,
  charCount: 10,
  pageCount: null,
  pagesRead: null,
  warnings: [],
  ...changes,
});

export const versionWith = (changes: Partial<SynopsisVersion>): SynopsisVersion =>
  synopsisVersion.parse({
    id: versionId.parse(id(2)),
    synopsisId: synopsisId.parse(id(3)),
    sessionId: sessionId.parse(id(4)),
    jobId: jobId.parse(id(5)),
    number: 1,
    state: 'ready',
    detail: 'standard',
    language: 'ru',
    template: 'article',
    createdAtMs: 1_700_000_000_000,
    finishedAtMs: 1_700_000_001_000,
    issues: [],
    title: 'A title',
    coverage: [coverageLine({})],
    sections: sectionsOf(['One.']),
    plannedSections: [...sectionKinds],
    ...changes,
  });
