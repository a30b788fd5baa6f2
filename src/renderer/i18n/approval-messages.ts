import type { Decision, PersonAnswer } from '../../shared/domain/agent.ts';
import type { ApprovalView } from '../../shared/domain/approval.ts';

type AskType = ApprovalView['type'];

/** What a job asks the person, and the ways to answer. */
export interface ApprovalMessages {
  readonly asks: {
    readonly title: Readonly<Record<AskType, string>>;
    readonly ofTask: (title: string) => string;
    readonly tool: string;
    readonly destination: string;
    /** Where the host is written otherwise than it is connected to. */
    readonly realHost: (host: string) => string;
    readonly payload: string;
    /** Of all that is sent, to the letter. */
    readonly exact: string;
    readonly noFields: string;
    readonly notGiven: string;
    readonly isSo: Readonly<Record<'yes' | 'no', string>>;
    /** Fields of the program's own tools; those of others keep their names. */
    readonly fields: Readonly<
      Record<'path' | 'text' | 'replace' | 'url' | 'start' | 'query' | 'count' | 'title' | 'why' | 'task' | 'cron' | 'timeZone', string>
    >;
    readonly hidden: string;
    readonly allow: string;
    readonly allowForJob: string;
    readonly allowForJobMeaning: string;
    readonly deny: string;
    readonly yourAnswer: string;
    readonly choices: string;
    readonly answer: string;
    readonly decline: string;
    readonly left: (time: string) => string;
    readonly noLimit: string;
    readonly whenExpired: Readonly<Record<AskType, Readonly<Record<Decision, string>>>>;
    readonly reply: string;
    readonly replyTo: (title: string) => string;
    readonly noneLeft: string;
    readonly history: string;
    readonly outcome: Readonly<Record<AskType, Readonly<Record<PersonAnswer['by'], Readonly<Record<Decision, string>>>>>>;
    readonly forJob: string;
    readonly unanswered: string;
    readonly announce: Readonly<Record<AskType, (title: string) => string>>;
    readonly toast: (title: string) => string;
    readonly said: Readonly<Record<AskType, Readonly<Record<Decision, string>>>>;
  };
}
