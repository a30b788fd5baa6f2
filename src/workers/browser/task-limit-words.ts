import type { TaskLimitName } from '../../shared/domain/browser.ts';
import type { Language } from '../../shared/domain/language.ts';
import { failureLimit, stepLimit, stillLimit, workLimitMs } from './task-limits.ts';

interface TaskLimitWords {
  readonly which: Readonly<Record<TaskLimitName, string>>;
  readonly cure: Readonly<Record<TaskLimitName, string>>;
  readonly kept: string;
  readonly over: string;
}

const minutes = workLimitMs / 60_000;

const words: Readonly<Record<Language, TaskLimitWords>> = {
  ru: {
    which: {
      limit_steps: `Браузер остановлен: сделано ${stepLimit} шагов, больше одной задаче нельзя.`,
      limit_time: `Браузер остановлен: задача работала ${minutes} минут, больше нельзя.`,
      limit_failures: `Браузер остановлен: ${failureLimit} действий подряд не удались.`,
      limit_still: `Браузер остановлен: ${stillLimit} действий подряд ничего не изменили на странице.`,
    },
    cure: {
      limit_steps: 'Остаток поручите новой задаче.',
      limit_time: 'Остаток поручите новой задаче.',
      limit_failures: 'Посмотрите во вкладке «Браузер», что мешает, и начните новую задачу; трудное место можно пройти своими руками.',
      limit_still: 'Посмотрите во вкладке «Браузер», что мешает, и начните новую задачу; трудное место можно пройти своими руками.',
    },
    kept: 'Всё, что собрано до этого, сохранено.',
    over: 'Браузер больше ничего не делает. Ответь тем, что есть, и скажи, чего не хватило.',
  },
  en: {
    which: {
      limit_steps: `The browser was stopped: ${stepLimit} steps were done, the most that one task may do.`,
      limit_time: `The browser was stopped: the task has worked for ${minutes} minutes, the most it may.`,
      limit_failures: `The browser was stopped: ${failureLimit} actions in a row failed.`,
      limit_still: `The browser was stopped: ${stillLimit} actions in a row changed nothing on the page.`,
    },
    cure: {
      limit_steps: 'Give the rest to a new task.',
      limit_time: 'Give the rest to a new task.',
      limit_failures: 'See in the “Browser” tab what is in the way and start a new task; you can do the hard part by hand.',
      limit_still: 'See in the “Browser” tab what is in the way and start a new task; you can do the hard part by hand.',
    },
    kept: 'What was gathered until then is kept.',
    over: 'The browser does nothing more. Answer with what there is, and say what was missing.',
  },
};

/** For the person: which limit it was, what becomes of the work, what they can do. */
export function limitForPerson(limit: TaskLimitName, language: Language): string {
  const { which, kept, cure } = words[language];
  return [which[limit], kept, cure[limit]].join(' ');
}

/** For a model, which is to answer now. */
export function limitForModel(limit: TaskLimitName, language: Language): string {
  const { which, over } = words[language];
  return `${which[limit]} ${over}`;
}
