import type { NoticeEvent, NoticeKind, NoticeTestOutcome, NoticeWay } from '../../shared/domain/notice.ts';

/** The notification centre, and how what is told. */
export interface NoticeMessages {
  readonly notices: {
    readonly title: string;
    readonly bell: (unread: number) => string;
    readonly head: Readonly<Record<NoticeEvent, string>>;
    readonly unread: string;
    /** Beside what asks for nothing any more. */
    readonly over: string;
    readonly readAll: string;
    readonly allRead: string;
    readonly settings: string;
    readonly none: string;
    readonly noneLead: string;
    readonly kinds: Readonly<Record<NoticeKind, string>>;
    readonly ways: Readonly<Record<NoticeWay, string>>;
    readonly hint: string;
    readonly sound: string;
    readonly focused: string;
    readonly test: string;
    readonly tested: Readonly<Record<NoticeTestOutcome, string>>;
    readonly quiet: {
      readonly title: string;
      readonly from: string;
      readonly to: string;
      readonly days: string;
      readonly hint: string;
      readonly noDays: string;
      readonly letsExpiring: string;
    };
  };
}
