import type { Language } from '../../../shared/domain/language.ts';
import { pluralIn } from '../../../shared/domain/plural.ts';
import type { Announcement } from './announcer.ts';

/** Announcements shown one by one; more at once are one sentence that counts them. */
const shownOneByOne = 3;

const ru = pluralIn('ru');
const en = pluralIn('en');

const words = {
  ru: {
    many: (count: number) => ru(count, { one: '# событие', few: '# события', other: '# событий' }),
    asksMany: (count: number) => ru(count, { one: 'Вас ждёт # задача', few: 'Вас ждут # задачи', other: 'Вас ждут # задач' }),
    body: 'Откройте Konspekt, чтобы посмотреть.',
  },
  en: {
    many: (count: number) => en(count, { one: '# thing has happened', other: '# things have happened' }),
    asksMany: (count: number) => en(count, { one: '# task waits for you', other: '# tasks wait for you' }),
    body: 'Open Konspekt to see them.',
  },
} as const;

/** More than a few of one sort are one that counts them and leads to the centre. */
export function gathered(announcements: readonly Announcement[], language: Language): readonly Announcement[] {
  const { many, asksMany, body } = words[language];
  const oneOf = (some: readonly Announcement[], title: (count: number) => string): readonly Announcement[] => {
    const [first] = some;
    if (first === undefined || some.length <= shownOneByOne) return some;
    return [{ id: first.id, title: title(some.length), body, location: { kind: 'notices' }, asks: null }];
  };
  return [
    ...oneOf(
      announcements.filter(({ asks }) => asks === null),
      many,
    ),
    ...oneOf(
      announcements.filter(({ asks }) => asks !== null),
      asksMany,
    ),
  ];
}
