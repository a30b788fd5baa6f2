import type { Status } from '../../shared/contract/app.ts';
import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt jobs queue`, `pause`, `drain` and `resume` say, in both languages. */
export interface QueueWords {
  readonly works: string;
  readonly paused: string;
  readonly pausedKinds: (kinds: string) => string;
  readonly storage: Readonly<Record<Exclude<Status['storage'], 'ok'>, string>>;
  readonly notRunning: string;
  readonly noLiveJobs: string;
  readonly counted: (state: string, count: number) => string;
  readonly ended: (done: number, failed: number) => string;
  readonly workerStates: Readonly<Record<Status['workers'][number]['state'], string>>;
  readonly running: (count: number) => string;
  readonly restarts: (count: number) => string;
  readonly retryAt: (time: string) => string;
  readonly queuePaused: string;
  readonly queueResumed: string;
  readonly named: (kind: string, title: string) => string;
  /** What still runs. */
  readonly waitsFor: (jobs: readonly string[]) => string;
  readonly queueDrained: (resume: string) => string;
  readonly kindDrained: (kind: string, resume: string) => string;
  readonly resumedMeanwhile: string;
  readonly leftDraining: (resume: string) => string;
  readonly taskOrKind: (task: string, kind: string) => string;
  readonly doesNotWait: (state: string) => string;
  readonly noneSuch: string;
  readonly kindPaused: (kind: string) => string;
  readonly kindResumed: (kind: string) => string;
  readonly queueWasAtWork: string;
  readonly kindWasAtWork: (kind: string) => string;
  readonly stillPaused: string;
  readonly workerNames: Readonly<Record<Status['workers'][number]['name'], string>>;
  readonly startsWithProgram: string;
}

const ru: QueueWords = {
  works: 'Очередь работает.',
  paused: 'Очередь приостановлена. Возобновить: konspekt jobs resume',
  pausedKinds: kinds => `Приостановлено: ${kinds}`,
  storage: {
    full: 'Диск заполнен: работа стоит, пока на нём не появится место.',
    read_only: 'В папку данных нельзя писать: работа стоит, пока это так.',
  },
  notRunning: 'Konspekt сейчас не запущен: задачи начнутся, когда его откроют.',
  noLiveJobs: 'Незаконченных задач нет.',
  counted: (state, count) => `${state}: ${count}`,
  ended: (done, failed) => `Закончено — готово: ${done}, с ошибкой или отменено: ${failed}`,
  workerStates: {
    stopped: 'спит, проснётся с задачей',
    idle: 'свободен',
    working: 'работает',
    restarting: 'перезапускается',
    broken: 'не запускается',
  },
  running: count => `задач: ${count}`,
  restarts: count => `перезапусков: ${count}`,
  retryAt: time => `следующая попытка в ${time}`,
  queuePaused: 'Очередь приостановлена; начатое будет закончено. Возобновить: konspekt jobs resume',
  queueResumed: 'Очередь возобновлена.',
  named: (kind, title) => `${kind} «${title}»`,
  waitsFor: jobs => `Ещё выполняется: ${jobs.join(', ')}`,
  queueDrained: resume => `Больше ничего не выполняется. Возобновить: ${resume}`,
  kindDrained: (kind, resume) => `Больше ничего не выполняется: ${kind}. Возобновить: ${resume}`,
  resumedMeanwhile: 'Пауза снята раньше, чем закончилось начатое: ждать больше нечего.',
  leftDraining: resume => `Ожидание прервано, пауза остаётся: начатое будет закончено, новое не начнётся. Возобновить: ${resume}`,
  taskOrKind: (task, kind) => `Заданы и задача «${task}», и вид ${kind}. Уберите одно из двух.`,
  noneSuch: 'Таких задач нет.',
  doesNotWait: state =>
    `Задача не ждёт, она в состоянии «${state}». Отложенную начинает «konspekt jobs try», неудавшуюся повторяет «konspekt jobs retry».`,
  kindPaused: kind => `Приостановлено: ${kind}; начатое будет закончено.`,
  kindResumed: kind => `Возобновлено: ${kind}.`,
  queueWasAtWork: 'Очередь и не была приостановлена.',
  kindWasAtWork: kind => `Не было приостановлено: ${kind}.`,
  workerNames: { documents: 'Документы', synopsis: 'Конспекты', agent: 'Ответы', files: 'Файлы', browser: 'Браузер' },
  stillPaused: 'Но приостановлена вся очередь. Возобновить её: konspekt jobs resume',
  startsWithProgram: 'Konspekt сейчас не запущен: это подействует, когда его откроют.',
};

const en: QueueWords = {
  works: 'The queue is at work.',
  paused: 'The queue is paused. Resume it: konspekt jobs resume',
  pausedKinds: kinds => `Paused: ${kinds}`,
  storage: {
    full: 'The disk is full: work stands still until there is space on it.',
    read_only: 'The data folder cannot be written: work stands still as long as that is so.',
  },
  notRunning: 'Konspekt is not running: tasks begin when it is opened.',
  noLiveJobs: 'There are no unfinished tasks.',
  counted: (state, count) => `${state}: ${count}`,
  ended: (done, failed) => `Ended - done: ${done}, failed or cancelled: ${failed}`,
  workerStates: {
    stopped: 'asleep, wakes with a task',
    idle: 'free',
    working: 'working',
    restarting: 'restarting',
    broken: 'does not start',
  },
  running: count => `tasks: ${count}`,
  restarts: count => `restarts: ${count}`,
  retryAt: time => `next try at ${time}`,
  queuePaused: 'The queue is paused; what has begun will be finished. Resume it: konspekt jobs resume',
  queueResumed: 'The queue is resumed.',
  named: (kind, title) => `${kind} “${title}”`,
  waitsFor: jobs => `Still at work: ${jobs.join(', ')}`,
  queueDrained: resume => `Nothing runs any more. Resume it: ${resume}`,
  kindDrained: (kind, resume) => `Nothing of it runs any more: ${kind}. Resume it: ${resume}`,
  resumedMeanwhile: 'The pause was taken away before what runs had ended: there is nothing left to wait for.',
  leftDraining: resume => `The waiting is over, the pause stays: what has begun will be finished, nothing new begins. Resume it: ${resume}`,
  taskOrKind: (task, kind) => `Both the task "${task}" and the kind ${kind} are given. Leave one of them out.`,
  noneSuch: 'There are no such tasks.',
  doesNotWait: state =>
    `The task does not wait, it is ${state}. One that is scheduled begins with "konspekt jobs try", one that failed runs again with "konspekt jobs retry".`,
  kindPaused: kind => `Paused: ${kind}; what has begun will be finished.`,
  kindResumed: kind => `Resumed: ${kind}.`,
  queueWasAtWork: 'The queue was not paused.',
  kindWasAtWork: kind => `It was not paused: ${kind}.`,
  workerNames: { documents: 'Documents', synopsis: 'Synopses', agent: 'Answers', files: 'Files', browser: 'Browser' },
  stillPaused: 'But the whole queue is paused. Resume it: konspekt jobs resume',
  startsWithProgram: 'Konspekt is not running: this takes effect when it is opened.',
};

const words: Readonly<Record<Language, QueueWords>> = { ru, en };

export function queueWordsFor(locale: string): QueueWords {
  return words[spokenLanguage(locale)];
}
