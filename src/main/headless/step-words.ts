import type { JobStepView, StepDecision, UndecidedStep } from '../../shared/domain/job-step.ts';
import type { Language } from '../../shared/domain/language.ts';

/** What the command line says of steps, in both languages. */
export interface StepWords {
  readonly milliseconds: (count: number) => string;
  readonly attempt: (number: number) => string;
  readonly outcomes: Readonly<Record<NonNullable<JobStepView['outcome']> | 'finished', string>>;
  readonly undo: Readonly<Record<NonNullable<JobStepView['undo']>, string>>;
  readonly undid: (step: string) => string;
  readonly decisions: Readonly<Record<StepDecision, string>>;
  readonly superseded: (run: number) => string;
  readonly undoing: Readonly<Record<'failed' | 'cancelled', string>>;
  readonly forkedFrom: (id: string) => string;
  readonly fork: (id: string) => string;
  readonly asks: Readonly<Record<UndecidedStep['what'], (step: string) => string>>;
  readonly answer: (command: string, meaning: string) => string;
  readonly meanings: Readonly<Record<UndecidedStep['what'], Readonly<Record<StepDecision, string>>>>;
  readonly noSuchStep: (step: string) => string;
  readonly notUndecided: (step: string) => string;
  readonly effectsAgain: (option: string) => string;
  readonly notForkable: string;
  readonly decided: string;
  readonly forkedInto: (id: string, created: boolean) => string;
  readonly badFolder: (folder: string) => string;
  readonly nothingToExport: string;
  readonly noSuchFormat: (file: string, endings: string) => string;
  readonly notABundle: (file: string) => string;
  readonly imported: (file: string) => string;
  readonly exported: (count: number, folder: string) => string;
}

const ru: StepWords = {
  milliseconds: count => `${count} мс`,
  attempt: number => `попытка ${number}`,
  outcomes: {
    finished: 'готово',
    succeeded: 'выполнено',
    failed: 'не состоялось',
    indeterminate: '⚠ неизвестно, выполнено ли',
    in_flight: 'отправлено, итога ещё нет',
  },
  undo: { registered: 'можно отменить', done: 'отменено', left: 'оставлено как есть' },
  undid: step => `отмена шага «${step}»`,
  decisions: { done: 'вы отметили выполненным', repeat: 'вы решили повторить', drop: 'вы решили отбросить' },
  superseded: run => `отложено (${run}-й раз)`,
  undoing: {
    failed: 'Сделанное отменяется, после этого задача закончится ошибкой.',
    cancelled: 'Сделанное отменяется, после этого задача будет отменена.',
  },
  forkedFrom: id => `Начата с шагов задачи ${id}`,
  fork: id => `С её шагов начата задача ${id}`,
  asks: {
    effect: step => `Неизвестно, выполнен ли шаг «${step}»: программа прервалась, пока ждала итога. Решите:`,
    compensation: step => `Шаг «${step}» не удалось отменить. Решите:`,
  },
  answer: (command, meaning) => `${command} — ${meaning}`,
  meanings: {
    effect: {
      done: 'отметить выполненным и продолжить',
      repeat: 'выполнить ещё раз',
      drop: 'отбросить и отменить задачу',
    },
    compensation: {
      done: 'отметить отменённым: это сделано вручную',
      repeat: 'попробовать отменить ещё раз',
      drop: 'оставить как есть',
    },
  },
  noSuchStep: step => `Шага «${step}» у задачи нет. Шаги показывает konspekt jobs show`,
  notUndecided: step => `Шаг «${step}» не ждёт решения.`,
  effectsAgain: option =>
    `При этом повторятся шаги, которые уже изменили что-то вне программы. Если это нужно, добавьте ${option}; если нет, начните с более позднего шага.`,
  notForkable: 'Задачу такого рода нельзя начать с шагов другой.',
  decided: 'Решение записано.',
  forkedInto: (id, created) => (created ? `Новая задача: ${id}` : `Такая задача уже есть: ${id}`),
  badFolder: folder => `Папки «${folder}» нет или в неё нельзя писать. Создайте её или укажите другую в --to.`,
  nothingToExport: 'Готовых конспектов пока нет.',
  notABundle: file => `«${file}» — не файл Konspekt на этом компьютере.`,
  imported: file => `Открыто: ${file}. Конспект — в новом чате.`,
  noSuchFormat: (file, endings) => `По имени «${file}» не понять, какой файл нужен. Имя кончается на одно из: ${endings}.`,
  exported: (count, folder) => `Конспектов в папке «${folder}»: ${count}`,
};

const en: StepWords = {
  milliseconds: count => `${count} ms`,
  attempt: number => `attempt ${number}`,
  outcomes: {
    finished: 'finished',
    succeeded: 'succeeded',
    failed: 'did not happen',
    indeterminate: '⚠ not known whether it happened',
    in_flight: 'sent, no result yet',
  },
  undo: { registered: 'can be undone', done: 'undone', left: 'left as it is' },
  undid: step => `undoes step "${step}"`,
  decisions: { done: 'you marked it done', repeat: 'you had it repeated', drop: 'you dropped it' },
  superseded: run => `set aside (${run})`,
  undoing: {
    failed: 'What it did is being undone; after that the task ends as failed.',
    cancelled: 'What it did is being undone; after that the task is cancelled.',
  },
  forkedFrom: id => `Begun with the steps of task ${id}`,
  fork: id => `Task ${id} was begun with its steps`,
  asks: {
    effect: step => `It is not known whether step "${step}" happened: the program broke off while it waited for the result. Decide:`,
    compensation: step => `Step "${step}" could not be undone. Decide:`,
  },
  answer: (command, meaning) => `${command}   ${meaning}`,
  meanings: {
    effect: { done: 'mark it done and go on', repeat: 'do it again', drop: 'drop it and cancel the task' },
    compensation: { done: 'mark it undone: you did it by hand', repeat: 'try to undo it again', drop: 'leave it as it is' },
  },
  noSuchStep: step => `The task has no step "${step}". See its steps: konspekt jobs show`,
  notUndecided: step => `Step "${step}" waits for no decision.`,
  effectsAgain: option =>
    `This would repeat steps that have already changed something outside the program. Add ${option} if you want that, or begin with a later step.`,
  notForkable: 'A task of this kind cannot begin with the steps of another one.',
  decided: 'The decision is recorded.',
  forkedInto: (id, created) => (created ? `New task: ${id}` : `There is such a task already: ${id}`),
  badFolder: folder => `There is no folder "${folder}", or it cannot be written. Make it, or give another --to.`,
  nothingToExport: 'There is no finished synopsis yet.',
  notABundle: file => `"${file}" is no Konspekt file on this computer.`,
  imported: file => `Opened: ${file}. The synopsis is in a chat of its own.`,
  noSuchFormat: (file, endings) => `"${file}" does not say what kind of file it is. Its name ends in one of: ${endings}.`,
  exported: (count, folder) => `Synopses in "${folder}": ${count}`,
};

const words: Readonly<Record<Language, StepWords>> = { ru, en };

export function stepWordsFor(locale: string): StepWords {
  return words[locale.toLowerCase().startsWith('ru') ? 'ru' : 'en'];
}
