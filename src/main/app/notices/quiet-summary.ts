import { placeOf } from '../../../shared/contract/notice-place.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { NoticeEvent } from '../../../shared/domain/notice.ts';
import { pluralIn } from '../../../shared/domain/plural.ts';
import type { UntoldNotice } from '../../store/notices.ts';
import type { Announcement } from './announcer.ts';

/** What is counted together, in the order it is said: what needs the person last, where it stays in the ear. */
const parts = ['done', 'proposal', 'failed', 'missed', 'update', 'budget', 'asks'] as const;
type Part = (typeof parts)[number];

const partOf = {
  synopsis_ready: 'done',
  synopsis_issues: 'done',
  task_done: 'done',
  task_issues: 'done',
  browser_done: 'done',
  scheduled_synopsis: 'done',
  scheduled_done: 'done',
  proposal: 'proposal',
  failed: 'failed',
  schedule_missed: 'missed',
  schedule_refused: 'missed',
  update_available: 'update',
  update_ready: 'update',
  budget: 'budget',
  approval: 'asks',
  question: 'asks',
  unclear: 'asks',
} as const satisfies Record<NoticeEvent, Part>;

const ru = pluralIn('ru');
const en = pluralIn('en');

const words: Readonly<Record<Language, { readonly title: string } & Readonly<Record<Part, (count: number) => string>>>> = {
  ru: {
    title: 'Пока было тихо',
    done: count => ru(count, { one: '# задача готова', few: '# задачи готовы', other: '# задач готово' }),
    proposal: count => ru(count, { one: '# обновление конспекта', few: '# обновления конспектов', other: '# обновлений конспектов' }),
    failed: count => ru(count, { one: '# ошибка', few: '# ошибки', other: '# ошибок' }),
    missed: count => ru(count, { one: '# пропуск расписания', few: '# пропуска расписаний', other: '# пропусков расписаний' }),
    update: () => 'новая версия Konspekt',
    budget: count =>
      ru(count, { one: '# задача ждёт из-за лимита', few: '# задачи ждут из-за лимита', other: '# задач ждут из-за лимита' }),
    asks: count => ru(count, { one: '# вопрос', few: '# вопроса', other: '# вопросов' }),
  },
  en: {
    title: 'While it was quiet',
    done: count => en(count, { one: '# task done', other: '# tasks done' }),
    proposal: count => en(count, { one: '# refresh proposed', other: '# refreshes proposed' }),
    failed: count => en(count, { one: '# failure', other: '# failures' }),
    missed: count => en(count, { one: '# scheduled time missed', other: '# scheduled times missed' }),
    update: () => 'a new version of Konspekt',
    budget: count => en(count, { one: '# task waits for a limit', other: '# tasks wait for a limit' }),
    asks: count => en(count, { one: '# question', other: '# questions' }),
  },
};

/** All that was held back in one sentence; of one thing it leads to its place. Null for nothing. */
export function quietSummary(held: readonly UntoldNotice[], language: Language): Announcement | null {
  const [first] = held;
  if (first === undefined) return null;
  const counted = parts
    .map(part => ({ part, count: held.filter(({ event }) => partOf[event] === part).length }))
    .filter(({ count }) => count > 0);
  return {
    id: first.id,
    title: words[language].title,
    body: counted.map(({ part, count }) => words[language][part](count)).join(', '),
    location: held.length === 1 ? placeOf(first) : { kind: 'notices' },
    asks: null,
  };
}
