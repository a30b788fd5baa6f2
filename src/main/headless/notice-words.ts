import type { Language } from '../../shared/domain/language.ts';
import { pluralIn } from '../../shared/domain/plural.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt notices` says, in both languages. */
export interface NoticeWords {
  readonly none: string;
  readonly noneUnread: string;
  readonly over: string;
  readonly read: (count: number) => string;
  readonly whatToRead: string;
  readonly noSuchNotice: (id: string) => string;
  readonly ambiguous: (id: string) => string;
}

const count = { ru: pluralIn('ru'), en: pluralIn('en') } as const;

const ru: NoticeWords = {
  none: 'Уведомлений пока нет.',
  noneUnread: 'Непрочитанных уведомлений нет. Все: konspekt notices list',
  over: 'уже решено',
  read: read => count.ru(read, { one: 'Прочитано # уведомление.', few: 'Прочитано # уведомления.', other: 'Прочитано # уведомлений.' }),
  whatToRead: 'Назовите номера уведомлений или --all. Список: konspekt notices list',
  noSuchNotice: id => `Уведомления «${id}» нет. Список: konspekt notices list`,
  ambiguous: id => `С «${id}» начинается несколько уведомлений. Укажите номер длиннее.`,
};

const en: NoticeWords = {
  none: 'There are no notifications yet.',
  noneUnread: 'There are no unread notifications. All of them: konspekt notices list',
  over: 'settled already',
  read: read => count.en(read, { one: '# notification is read.', other: '# notifications are read.' }),
  whatToRead: 'Name the ids of notifications, or --all. See: konspekt notices list',
  noSuchNotice: id => `There is no notification "${id}". See: konspekt notices list`,
  ambiguous: id => `Several notifications begin with "${id}". Give more of the id.`,
};

const words: Readonly<Record<Language, NoticeWords>> = { ru, en };

export function noticeWordsFor(locale: string): NoticeWords {
  return words[spokenLanguage(locale)];
}
