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
    hint: '“Show” is a notification of the system, when you do not look at the window of Konspekt. All but “Do not tell” stays in the list under the bell.',
    sound: 'With a sound',
    focused: 'Show them also while you look at the window of Konspekt',
    test: 'Test',
    tested: {
      shown: 'The system has taken the notification. If you do not see it, look at its “do not disturb” and its list of notifications.',
      failed: 'The system did not show the notification. Allow notifications of Konspekt in its settings.',
      unanswered:
        'The notification was sent, and the system did not say whether it was shown. If you do not see it, look at its settings of notifications.',
      unsupported: 'There are no notifications here: everything stays in the list under the bell.',
      denied: 'The browser forbids this page to show notifications. Allow them in its settings for this address.',
      undecided: 'The browser has not yet allowed this page to show notifications. Press “Test”, and it will ask.',
    },
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
