import type { ApprovalView } from '../../shared/domain/approval.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What the command line says of questions to the person. */
export interface AskWords {
  readonly asks: Readonly<Record<ApprovalView['type'], string>>;
  readonly tool: string;
  readonly destination: string;
  readonly payload: string;
  readonly choices: string;
  readonly until: (when: string) => string;
  readonly whenExpired: Readonly<Record<ApprovalView['type'], Readonly<Record<ApprovalView['whenExpired'], string>>>>;
  readonly howTo: (approval: ApprovalView) => string;
  readonly nothingAsked: (job: string) => string;
  readonly wrongType: Readonly<Record<ApprovalView['type'], string>>;
  readonly notForJob: string;
  readonly notAChoice: string;
  readonly tooLate: string;
  readonly said: Readonly<Record<ApprovalView['type'], Readonly<Record<ApprovalView['whenExpired'], string>>>>;
}

const ru: AskWords = {
  asks: { approval: 'Нужно ваше разрешение', question: 'Вопрос к вам' },
  tool: 'инструмент',
  destination: 'куда',
  payload: 'что будет передано',
  choices: 'варианты',
  until: when => `ждёт до ${when}`,
  whenExpired: {
    approval: { allow: 'потом будет разрешено', deny: 'потом будет отклонено' },
    question: { allow: 'потом задача продолжится без ответа', deny: 'потом задача продолжится без ответа' },
  },
  howTo: ({ jobId, type }) =>
    type === 'approval'
      ? `разрешить: konspekt jobs approve ${jobId} [--for-job], отклонить: konspekt jobs deny ${jobId}`
      : `ответить: konspekt jobs answer ${jobId} "…", не отвечать: konspekt jobs deny ${jobId}`,
  nothingAsked: job => `Задача ${job} ни о чём не спрашивает. Что ждёт вас, показывает «konspekt jobs list --group needsYou».`,
  wrongType: {
    approval: 'Задача просит разрешения, а не ответа. Используйте «jobs approve» или «jobs deny».',
    question: 'Задача ждёт ответа словами. Используйте «jobs answer» или «jobs deny».',
  },
  notForJob: 'У этого действия нет адреса, поэтому разрешить его можно только один раз: уберите --for-job.',
  notAChoice: 'Это не один из вариантов. Они показаны в «konspekt jobs show».',
  tooLate: 'На это уже ответили, или задача больше не спрашивает. Посмотрите «konspekt jobs show».',
  said: {
    approval: { allow: 'Разрешено, задача продолжается.', deny: 'Отклонено, задача продолжается.' },
    question: { allow: 'Ответ передан, задача продолжается.', deny: 'Задача продолжается без ответа.' },
  },
};

const en: AskWords = {
  asks: { approval: 'Your approval is needed', question: 'A question for you' },
  tool: 'tool',
  destination: 'where to',
  payload: 'what will be sent',
  choices: 'choices',
  until: when => `waits until ${when}`,
  whenExpired: {
    approval: { allow: 'then it will be allowed', deny: 'then it will be denied' },
    question: { allow: 'then the task goes on without an answer', deny: 'then the task goes on without an answer' },
  },
  howTo: ({ jobId, type }) =>
    type === 'approval'
      ? `to allow: konspekt jobs approve ${jobId} [--for-job], to deny: konspekt jobs deny ${jobId}`
      : `to answer: konspekt jobs answer ${jobId} "…", to decline: konspekt jobs deny ${jobId}`,
  nothingAsked: job => `Task ${job} asks nothing. "konspekt jobs list --group needsYou" shows what waits for you.`,
  wrongType: {
    approval: 'The task asks for approval, not for words. Use "jobs approve" or "jobs deny".',
    question: 'The task asks for an answer in words. Use "jobs answer" or "jobs deny".',
  },
  notForJob: 'This action has no destination, so it can be allowed once only: leave --for-job out.',
  notAChoice: 'This is none of the choices. "konspekt jobs show" has them.',
  tooLate: 'This has been answered, or the task asks it no more. See "konspekt jobs show".',
  said: {
    approval: { allow: 'Allowed, the task goes on.', deny: 'Denied, the task goes on.' },
    question: { allow: 'The answer is given, the task goes on.', deny: 'The task goes on without an answer.' },
  },
};

export function askWordsFor(locale: string): AskWords {
  return { ru, en }[spokenLanguage(locale)];
}
