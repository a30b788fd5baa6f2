import type { Verdict } from '../../shared/domain/synopsis-audit.ts';
import type { SynopsisEngine } from '../../shared/domain/synopsis.ts';

/** What is known of the claims of a synopsis, and who made its sections. */
export interface AuditMessages {
  readonly audit: {
    /** Beside a claim. */
    readonly label: Readonly<Record<Verdict, string>>;
    readonly labelHint: Readonly<Record<Verdict, string>>;
    /** Percent. */
    readonly health: (percent: number) => string;
    readonly healthHint: (supported: number, partly: number, not: number) => string;
    readonly foreignFigures: (figures: string) => string;
    /** A recorded call of the model. */
    readonly askNotes: string;
    readonly askJudge: string;
    readonly askSection: (section: string) => string;
    readonly claims: (count: number) => string;
    readonly found: string;
    readonly sectionBy: (model: string) => string;
    readonly sectionBuiltIn: string;
    readonly engine: string;
    readonly engineName: Readonly<Record<SynopsisEngine, string>>;
    readonly engineHint: Readonly<Record<SynopsisEngine, string>>;
  };
}
