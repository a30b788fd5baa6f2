import type { VersionTrigger } from '../../shared/domain/synopsis.ts';

/** What becomes of a synopsis once there is one: versions, proposals, notes, the library. */
export interface VersionMessages {
  readonly versions: {
    readonly trigger: Readonly<Record<VersionTrigger, string>>;
    readonly byYou: string;
    readonly builtIn: string;
    readonly current: string;
    /** Over a version that is not the current one. */
    readonly older: (number: number, date: string) => string;
    readonly toCurrent: string;
    readonly compare: string;
    readonly whatChanged: string;
    readonly restore: string;
    readonly restored: (number: number) => string;
    readonly undoLast: string;
    readonly undone: string;
    readonly comparing: string;
    readonly layout: string;
    readonly inline: string;
    readonly sideBySide: string;
    readonly swapTo: string;
    readonly counts: (added: number, removed: number, changed: number) => string;
    readonly noChanges: string;
    readonly unchanged: (names: string) => string;
    readonly sectionAdded: string;
    readonly sectionRemoved: string;
    readonly quotesChanged: string;
    readonly added: string;
    readonly removed: string;
    readonly nothing: string;
    readonly instruction: (text: string) => string;
  };
  readonly stale: {
    readonly mark: string;
    readonly sections: (count: number) => string;
    readonly why: string;
    readonly refresh: string;
    readonly refreshOne: string;
    /** `cited` counts the section's quotes that this is about. */
    readonly reason: {
      readonly source_added: (title: string) => string;
      readonly source_changed: (title: string, cited: number) => string;
      readonly source_removed: (title: string, cited: number) => string;
      readonly messages_added: (count: number) => string;
      readonly messages_gone: (cited: number) => string;
    };
    readonly refreshing: (names: string) => string;
    readonly refreshFailed: string;
    readonly regenerateFailed: (name: string) => string;
    readonly proposed: (count: number) => string;
    readonly acceptAll: string;
    readonly rejectAll: string;
    readonly accept: string;
    readonly reject: string;
    readonly proposedSection: string;
    readonly accepted: (count: number) => string;
    readonly same: string;
  };
  readonly sectionMenu: {
    readonly label: (name: string) => string;
    readonly remake: string;
    readonly remakeHint: string;
    readonly instruction: string;
    readonly instructionPlaceholder: string;
    readonly needsModel: string;
    readonly make: string;
    readonly cancel: string;
    readonly addNote: string;
    readonly addNoteAbove: string;
    readonly remaking: string;
  };
  readonly notes: {
    readonly title: string;
    readonly placeholder: string;
    readonly save: string;
    readonly edit: string;
    readonly remove: string;
    readonly removed: string;
    readonly markdown: string;
  };
  readonly library: {
    readonly title: string;
    readonly search: string;
    readonly allTemplates: string;
    readonly allLanguages: string;
    readonly withIssues: string;
    readonly isStale: string;
    readonly tags: string;
    readonly allTags: string;
    readonly addTag: string;
    readonly newTag: string;
    readonly removeTag: (name: string) => string;
    readonly renameTag: string;
    readonly renameTo: (name: string) => string;
    readonly deleteTag: string;
    readonly deleteTagLead: (name: string, count: number) => string;
    readonly tagsOf: (title: string) => string;
    readonly empty: string;
    readonly emptyLead: string;
    readonly nothingFound: string;
    readonly clearFilters: string;
    readonly sources: (count: number) => string;
    readonly issues: (count: number) => string;
    readonly stale: string;
    readonly close: string;
    readonly list: string;
  };
}
