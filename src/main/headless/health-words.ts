import type { Health } from '../../shared/contract/health.ts';
import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt health`, `konspekt jobs trace` and `konspekt serve --metrics` say, in both languages. */
export interface HealthWords {
  readonly oldest: (duration: string) => string;
  readonly lastMinute: (counts: Health['lastMinute']) => string;
  readonly process: (pid: number | null, generation: number, memory: string | null, tasks: number, standsBy: boolean) => string;
  readonly breaker: Readonly<Record<Health['workers'][number]['breaker'], string | null>>;
  readonly main: (pid: number, memory: string, since: string) => string;
  readonly loopDelay: (p50: string, p99: string, max: string) => string;
  readonly commits: (count: number, p50: string, p99: string) => string;
  readonly database: (size: string, log: string) => string;
  readonly backup: (at: string, size: string) => string;
  readonly noBackup: string;
  readonly milliseconds: (count: string) => string;
  readonly seconds: (count: string) => string;
  readonly mebibytes: (count: string) => string;
  readonly traceSaved: (path: string) => string;
  readonly metricsServed: (address: string, token: string, file: string) => string;
  readonly metricsNotServed: string;
}

const ru: HealthWords = {
  oldest: duration => `Дольше всех в очереди ждут: ${duration}`,
  lastMinute: ({ enqueued, started, done, failed, cancelled, retried, lost }) =>
    `За минуту — поставлено: ${enqueued}, начато: ${started}, готово: ${done}, с ошибкой: ${failed}, отменено: ${cancelled}, отложено для повтора: ${retried}, потеряно и возвращено: ${lost}`,
  process: (pid, generation, memory, tasks, standsBy) =>
    `процесс ${pid ?? '?'} (${generation}-й): ${[...(memory === null ? [] : [`память ${memory}`]), `задач: ${tasks}`, ...(standsBy ? ['наготове'] : [])].join(', ')}`,
  breaker: { closed: null, open: 'не запускается: слишком много сбоев подряд', half_open: 'пробует запуститься после сбоев' },
  main: (pid, memory, since) => `Программа — процесс ${pid}, память ${memory}, работает с ${since}`,
  loopDelay: (p50, p99, max) => `Задержка отклика — обычно ${p50}, в худшем из ста случаев ${p99}, наибольшая ${max}`,
  commits: (count, p50, p99) => `Записей на диск: ${count} — обычно не дольше ${p50}, в 99 случаях из ста не дольше ${p99}`,
  database: (size, log) => `База данных — ${size}, журнал записи ${log}`,
  backup: (at, size) => `Последняя копия — ${at}, ${size}`,
  noBackup: 'Резервных копий ещё нет.',
  milliseconds: count => `${count} мс`,
  seconds: count => `${count} с`,
  mebibytes: count => `${count} МБ`,
  traceSaved: path => `Трасса записана в ${path}`,
  metricsServed: (address, token, file) =>
    `Показатели для Prometheus: ${address}\nЗаголовок: Authorization: Bearer ${token}\nКлюч хранится в файле ${file}`,
  metricsNotServed:
    'Konspekt уже запущен, и показателей он не отдаёт, если его запустили без --metrics. Остановите его и запустите снова: konspekt serve --metrics',
};

const en: HealthWords = {
  oldest: duration => `Longest wait in the queue: ${duration}`,
  lastMinute: ({ enqueued, started, done, failed, cancelled, retried, lost }) =>
    `In the last minute - enqueued: ${enqueued}, started: ${started}, done: ${done}, failed: ${failed}, cancelled: ${cancelled}, put off for another try: ${retried}, lost and given back: ${lost}`,
  process: (pid, generation, memory, tasks, standsBy) =>
    `process ${pid ?? '?'} (no. ${generation}): ${[...(memory === null ? [] : [`memory ${memory}`]), `jobs: ${tasks}`, ...(standsBy ? ['stands by'] : [])].join(', ')}`,
  breaker: { closed: null, open: 'left alone after too many failures', half_open: 'tries again after failures' },
  main: (pid, memory, since) => `The program - process ${pid}, memory ${memory}, running since ${since}`,
  loopDelay: (p50, p99, max) => `Response delay - usually ${p50}, the worst of a hundred ${p99}, longest ${max}`,
  commits: (count, p50, p99) => `Writes to disk: ${count} - usually within ${p50}, 99 of a hundred within ${p99}`,
  database: (size, log) => `Database - ${size}, write log ${log}`,
  backup: (at, size) => `Last backup - ${at}, ${size}`,
  noBackup: 'There is no backup yet.',
  milliseconds: count => `${count} ms`,
  seconds: count => `${count} s`,
  mebibytes: count => `${count} MB`,
  traceSaved: path => `The trace is in ${path}`,
  metricsServed: (address, token, file) =>
    `Figures for Prometheus: ${address}\nHeader: Authorization: Bearer ${token}\nThe token is kept in ${file}`,
  metricsNotServed:
    'Konspekt is running already, and serves no figures unless it was started with --metrics. Stop it and start it again: konspekt serve --metrics',
};

const words: Readonly<Record<Language, HealthWords>> = { ru, en };

export function healthWordsFor(locale: string): HealthWords {
  return words[spokenLanguage(locale)];
}
