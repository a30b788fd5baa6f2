import { noticeHeads } from '../../shared/domain/notice-words.ts';
import { pluralIn } from '../../shared/domain/plural.ts';
import type { NoticeMessages } from './notice-messages.ts';

const n = pluralIn('en');

export const noticeEn: NoticeMessages = {
  notices: {
    title: 'Notifications',
    bell: unread => (unread === 0 ? 'Notifications' : `Notifications: ${n(unread, { one: '# unread', other: '# unread' })}`),
    head: noticeHeads.en,
    unread: 'Unread',
    over: 'settled already',
    readAll: 'Mark all as read',
    allRead: 'All are marked as read.',
    settings: 'Settings…',
    none: 'Nothing yet',
    noneLead: 'What happens without you stays here: synopses that are ready, questions of tasks, failures, missed schedules.',
    kinds: {
      finished: 'Synopses and tasks are done',
      failed: 'It did not work',
      question: 'Questions and approvals',
      budget: 'A limit is used up',
      browser: 'Browser tasks',
      schedule: 'Schedules',
      proposal: 'Refreshes of a synopsis',
      update: 'A new version of Konspekt',
    },
    ways: { system: 'Show', centre: 'In the list alone', nothing: 'Do not tell' },
    hint: '“Show” is a notification of the system, when you look at something else. All but “Do not tell” stays in the list under the bell.',
    quiet: {
      title: 'Quiet hours',
      from: 'From',
      to: 'Until',
      days: 'Days on which they begin',
      hint: 'Nothing is shown and nothing sounds. When they end, all that is new comes as one notification. The system itself keeps to its “do not disturb”.',
      noDays: 'No day is chosen: there are no quiet hours.',
      letsExpiring: 'Show questions whose time to answer would run out',
    },
  },
};
