import { noticeHeads } from '../../shared/domain/notice-words.ts';
import { pluralIn } from '../../shared/domain/plural.ts';
import type { NoticeMessages } from './notice-messages.ts';

const n = pluralIn('ru');

export const noticeRu: NoticeMessages = {
  notices: {
    title: 'Уведомления',
    bell: unread =>
      unread === 0
        ? 'Уведомления'
        : `Уведомления: ${n(unread, { one: '# непрочитанное', few: '# непрочитанных', other: '# непрочитанных' })}`,
    head: noticeHeads.ru,
    unread: 'Не прочитано',
    over: 'уже решено',
    readAll: 'Отметить всё прочитанным',
    allRead: 'Всё отмечено прочитанным.',
    settings: 'Настроить…',
    none: 'Пока ничего нет',
    noneLead: 'Здесь остаётся то, что случилось без вас: готовые конспекты, вопросы задач, ошибки, пропущенные расписания.',
    kinds: {
      finished: 'Конспекты и задачи готовы',
      failed: 'Не получилось',
      question: 'Вопросы и разрешения',
      budget: 'Лимит исчерпан',
      browser: 'Задачи в браузере',
      schedule: 'Расписания',
      proposal: 'Обновления конспекта',
      update: 'Новая версия Konspekt',
    },
    ways: { system: 'Показывать', centre: 'Только в списке', nothing: 'Не сообщать' },
    hint: '«Показывать» — уведомлением системы, когда вы смотрите не на это место. Всё, кроме «Не сообщать», остаётся в списке под колокольчиком.',
    quiet: {
      title: 'Тихие часы',
      from: 'С',
      to: 'До',
      days: 'Дни, когда они начинаются',
      hint: 'Ничего не показывается и не звучит. Когда они закончатся, всё новое придёт одним уведомлением. Режим «Не беспокоить» соблюдает сама система.',
      noDays: 'Не выбран ни один день: тихих часов не будет.',
      letsExpiring: 'Показывать вопросы, время ответа на которые истечёт',
    },
  },
};
