import type { Language } from './language.ts';
import type { NoticeEvent } from './notice.ts';

/** What has happened, in some words: the head of a row, of a system notification and of a line of the command line. */
export const noticeHeads: Readonly<Record<Language, Readonly<Record<NoticeEvent, string>>>> = {
  ru: {
    synopsis_ready: 'Конспект готов',
    synopsis_issues: 'Конспект готов, есть замечания',
    task_done: 'Задача выполнена',
    task_issues: 'Задача выполнена, есть замечания',
    failed: 'Не получилось',
    approval: 'Нужно ваше разрешение',
    question: 'Вопрос к вам',
    unclear: 'Неизвестно, выполнен ли шаг: решать вам',
    budget: 'Лимит исчерпан, задача ждёт вас',
    browser_done: 'Задача в браузере выполнена',
    scheduled_synopsis: 'Конспект по расписанию готов',
    scheduled_done: 'Задача по расписанию выполнена',
    schedule_missed: 'Время по расписанию пропущено',
    schedule_refused: 'Задача по расписанию не началась',
    proposal: 'Предложено обновление конспекта',
    update_available: 'Вышла новая версия Konspekt',
    update_ready: 'Новая версия Konspekt готова к установке',
  },
  en: {
    synopsis_ready: 'Your synopsis is ready',
    synopsis_issues: 'Your synopsis is ready, with issues',
    task_done: 'The task is done',
    task_issues: 'The task is done, with issues',
    failed: 'It did not work',
    approval: 'Your approval is needed',
    question: 'A question for you',
    unclear: 'Not known whether a step happened: you decide',
    budget: 'The limit is used up, a task waits for you',
    browser_done: 'The browser task is done',
    scheduled_synopsis: 'A scheduled synopsis is ready',
    scheduled_done: 'A scheduled task is done',
    schedule_missed: 'A scheduled time was missed',
    schedule_refused: 'A scheduled task did not begin',
    proposal: 'A refresh of your synopsis is proposed',
    update_available: 'There is a new version of Konspekt',
    update_ready: 'The new version of Konspekt is ready to install',
  },
};
