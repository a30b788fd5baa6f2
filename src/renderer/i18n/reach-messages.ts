import type { WebSearchKind } from '../../shared/domain/web-search.ts';

/** Sentences about what agents may reach outside the program. */
export interface ReachMessages {
  readonly reach: {
    readonly title: string;
    /** Beside the button in the settings. */
    readonly lead: string;
    readonly search: string;
    readonly searchHint: string;
    readonly setUp: string;
    readonly change: string;
    readonly kind: string;
    readonly kinds: Readonly<Record<WebSearchKind, string>>;
    readonly kindHint: Readonly<Record<WebSearchKind, string>>;
    readonly address: string;
    readonly key: string;
    readonly keyHint: Readonly<Record<WebSearchKind, string>>;
    readonly keyKept: string;
    readonly forgetKey: string;
    readonly withKey: string;
    readonly save: string;
    readonly cancel: string;
    readonly remove: string;
    readonly test: string;
    readonly testing: string;
    readonly tested: (count: number) => string;
    readonly testedNothing: string;
    readonly folders: string;
    readonly foldersHint: string;
    readonly noFolders: string;
    readonly grant: string;
    readonly grantThis: string;
    readonly grantPath: string;
    readonly grantPathHint: string;
    readonly mayWrite: string;
    readonly mayWriteTo: (path: string) => string;
    readonly takeBack: (path: string) => string;
    readonly writeHint: string;
  };
}
