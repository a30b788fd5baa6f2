import type { Language } from '../../shared/domain/language.ts';
import type {
  DetailLevel,
  EmptyReason,
  SectionKind,
  sourceStates,
  Support,
  SynopsisIssue,
  Template,
  VersionState,
} from '../../shared/domain/synopsis.ts';

type SourceState = (typeof sourceStates)[number];

/** A synopsis: what is asked for, how it comes and how it is shown. */
export interface SynopsisMessages {
  readonly synopsis: {
    readonly title: string;
    readonly make: string;
    readonly makeAgain: string;
    readonly dock: string;
    readonly undock: string;
    readonly export: string;
    readonly copyMarkdown: string;
    readonly exported: (name: string) => string;
    readonly imported: (name: string) => string;
    readonly openFile: string;
    readonly handedOver: (name: string) => string;
    readonly versions: string;
    readonly version: (number: number) => string;
    readonly versionState: Readonly<Record<VersionState, string>>;
    readonly making: string;
    readonly makingSection: (name: string) => string;
    readonly sectionsReady: (done: number, total: number) => string;
    readonly queued: string;
    readonly stopped: string;
    readonly failed: string;
    readonly failedKept: string;
    readonly extractive: string;
    readonly byModel: (model: string) => string;
    readonly emptyTitle: string;
    readonly emptyLead: string;
    readonly created: (date: string) => string;
    readonly begun: (date: string) => string;
    readonly inLanguage: Readonly<Record<Language, string>>;
    readonly language: string;
    readonly languageAuto: string;
    readonly languageName: Readonly<Record<Language, string>>;
    readonly options: string;
    readonly optionsTitle: string;
    readonly templateAuto: string;
    readonly templateAutoHint: string;
    readonly detail: string;
    readonly detailLevel: Readonly<Record<DetailLevel, string>>;
    readonly detailHint: Readonly<Record<DetailLevel, string>>;
    readonly template: string;
    readonly templateName: Readonly<Record<Template, string>>;
    readonly templateHint: Readonly<Record<Template, string>>;
    /** Why there is nothing to make a synopsis of; `more` other documents were not read either. */
    readonly notRead: (title: string, reason: string, more: number) => string;
    readonly joined: string;
    readonly section: Readonly<Record<SectionKind, string>>;
    readonly emptyReason: Readonly<Record<EmptyReason, string>>;
    readonly who: string;
    readonly what: string;
    readonly due: string;
    readonly noOne: string;
    readonly noDue: string;
    readonly showAnswer: string;
    readonly hideAnswer: string;
    readonly support: Readonly<Record<Support, string>>;
    readonly supportShort: Readonly<Record<Support, string>>;
    readonly citation: (number: number) => string;
    readonly coverage: string;
    readonly coverageUsed: (used: number, total: number) => string;
    readonly coverageAll: (total: number) => string;
    /** Before anything was read. */
    readonly coverageComing: (count: number) => string;
    readonly coverageSkipped: (count: number) => string;
    readonly coverageFailed: (count: number) => string;
    readonly coveragePages: (read: number, total: number) => string;
    readonly coverageIncomplete: string;
    readonly sourceState: Readonly<Record<SourceState, string>>;
    readonly sourceReason: {
      readonly not_ready: string;
      readonly removed: string;
      readonly duplicate: string;
    };
    readonly issue: Readonly<Record<SynopsisIssue['code'], (count: number) => string>>;
    readonly issues: string;
    readonly ready: (title: string) => string;
    readonly announceSection: (name: string) => string;
    readonly announceReady: string;
    readonly announceFailed: string;
  };
}
