import type { OwnTool } from '../../shared/domain/agent.ts';
import type { messageNotes } from '../../shared/domain/session.ts';

type MessageNote = (typeof messageNotes)[number];

/** The list of chats, the conversation and the field below it. */
export interface ChatMessages {
  readonly sidebar: {
    readonly label: string;
    readonly newChat: string;
    readonly search: string;
    readonly empty: string;
    readonly nothingFound: (query: string) => string;
    readonly running: (count: number) => string;
    readonly waiting: (count: number) => string;
    readonly unread: string;
    readonly demo: string;
    readonly removed: (title: string, cancelledTasks: number) => string;
    readonly renameTitle: string;
    readonly collapse: string;
    readonly expand: string;
    readonly pin: string;
    readonly unpin: string;
    readonly groups: {
      readonly pinned: string;
      readonly today: string;
      readonly yesterday: string;
      readonly week: string;
      readonly earlier: string;
    };
  };
  readonly chat: {
    readonly transcript: string;
    readonly you: string;
    readonly assistant: string;
    readonly nextStep: string;
    readonly nothingRead: string;
    readonly emptyTitle: string;
    readonly emptyLead: string;
    readonly startDrop: string;
    readonly startDropHint: string;
    readonly startAsk: string;
    readonly startAskHint: string;
    readonly startSynopsis: string;
    readonly startSynopsisHint: string;
    readonly openDemo: string;
    readonly openDemoHint: string;
    readonly state: {
      readonly pending: string;
      /** The answer waits for the documents of its chat. */
      readonly reading: string;
      /** The same, while something keeps the documents from being read. */
      readonly afterReading: (reason: string) => string;
      readonly streaming: string;
      readonly failed: string;
      readonly stopped: string;
    };
    readonly retry: string;
    readonly copy: string;
    readonly copyCode: string;
    /** Language of the code as its author names it. */
    readonly code: (language: string) => string;
    readonly edit: string;
    readonly editLabel: string;
    readonly editHint: string;
    readonly editSend: string;
    readonly editCancel: string;
    readonly branch: (at: number, of: number) => string;
    readonly branchBefore: string;
    readonly branchAfter: string;
    readonly byModel: (model: string, provider: string) => string;
    /** Work in the background that has ended since. */
    readonly backgroundTaken: string;
    readonly backgroundFailed: string;
    readonly backgroundStopped: string;
    /** What was done for an answer, as a list of such words. */
    readonly tool: Readonly<Record<OwnTool, string>>;
    /** A tool of an MCP server. */
    readonly toolOfServer: (server: string, tool: string) => string;
    readonly toolUnknown: string;
    readonly toolSteps: (count: number) => string;
    readonly sourceAdded: string;
    readonly modelStep: string;
    readonly partStep: string;
    readonly setupStep: string;
    readonly toEnd: string;
    readonly earlier: string;
    readonly earlierLoading: string;
    readonly imageOmitted: (alt: string) => string;
    readonly note: Readonly<Record<MessageNote, string>>;
    readonly openSynopsis: string;
    readonly showJob: string;
    readonly documents: (count: number) => string;
    readonly announceAnswer: string;
    readonly announceFailed: string;
    readonly announceStopped: string;
  };
  readonly composer: {
    readonly label: string;
    readonly placeholder: string;
    readonly send: string;
    readonly sendHint: string;
    readonly background: string;
    readonly backgroundHint: string;
    readonly backgroundPlaceholder: string;
    readonly backgroundNoModel: string;
    readonly slashCommand: Readonly<Record<'synopsis' | 'background' | 'browser', string>>;
    readonly browserStarted: string;
    readonly sendLost: string;
    readonly attach: string;
    readonly attachFolder: string;
    readonly synopsis: string;
    readonly synopsisHint: string;
    readonly dropTitle: string;
    readonly dropHint: string;
    readonly longTitle: (count: number) => string;
    readonly longHint: string;
    readonly tooLong: (count: string, limit: string) => string;
    readonly asDocument: string;
    readonly asMessage: string;
    readonly urlTitle: string;
    readonly urlAdd: string;
    readonly urlKeep: string;
    readonly pastedName: (date: string) => string;
    readonly slash: string;
    readonly slashUnknown: (command: string) => string;
    readonly uploading: (name: string) => string;
    readonly sentAfterUpload: string;
  };
}
