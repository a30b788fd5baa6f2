import type { Language } from './language.ts';

/** Why a job that was running is back in the queue: what the trail's detail begins with, before a colon and a sentence for the log. */
const returnWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ru: {
    worker_exit: 'рабочий процесс неожиданно закрылся',
    worker_start: 'рабочий процесс не запустился',
    protocol: 'рабочий процесс отвечал неверно и был остановлен',
    stalled: 'рабочий процесс перестал отвечать и был остановлен',
    out_of_memory: 'рабочему процессу не хватило памяти',
    shutdown: 'её рабочий процесс закрывался',
    program_ended: 'программа закрылась во время работы',
    wait_over: 'ждать уже нечего',
  },
  en: {
    worker_exit: 'the worker process closed unexpectedly',
    worker_start: 'the worker process did not start',
    protocol: 'the worker process answered wrongly and was stopped',
    stalled: 'the worker process no longer answered and was stopped',
    out_of_memory: 'the worker process ran out of memory',
    shutdown: 'its worker process was closing',
    program_ended: 'the program closed during the work',
    wait_over: 'there is nothing left to wait for',
  },
};

/** In the person's language; null for a detail that an older version wrote, a sentence alone. */
export function returnReason(detail: string, language: Language): string | null {
  const words = returnWords[language];
  const code = /^[a-z_]+(?=: )/u.exec(detail)?.[0] ?? '';
  return Object.hasOwn(words, code) ? (words[code] ?? null) : null;
}
