import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt reach` says. */
export interface ReachWords {
  readonly search: (kind: string, address: string) => string;
  readonly withKey: string;
  readonly noSearch: string;
  readonly noFolders: string;
  readonly reads: string;
  readonly writes: string;
  readonly needsAddress: string;
  readonly searchRemoved: string;
  readonly tested: (count: number, ms: number) => string;
  readonly granted: (path: string, right: string) => string;
  readonly revoked: (path: string) => string;
  readonly notGranted: (path: string) => string;
}

const ru: ReachWords = {
  search: (kind, address) => `Поиск в интернете: ${kind}  ${address}`,
  withKey: 'с ключом',
  noSearch: 'Поиск в интернете не подключён. Подключите: konspekt reach search http://127.0.0.1:8888',
  noFolders: 'Ни одна папка не открыта. Откройте: konspekt reach grant <папка>',
  reads: 'чтение',
  writes: 'чтение и запись',
  needsAddress: 'Назовите адрес сервера SearXNG, например http://127.0.0.1:8888',
  searchRemoved: 'Поиск отключён, его ключ забыт.',
  tested: (count, ms) => `Поиск отвечает: результатов ${count}, ${ms} мс`,
  granted: (path, right) => `${path}: открыта, ${right}`,
  revoked: path => `${path}: доступ закрыт`,
  notGranted: path => `Папка «${path}» не открыта. Список: konspekt reach list`,
};

const en: ReachWords = {
  search: (kind, address) => `Web search: ${kind}  ${address}`,
  withKey: 'with a key',
  noSearch: 'No web search is connected. Connect one: konspekt reach search http://127.0.0.1:8888',
  noFolders: 'No folder is granted. Grant one: konspekt reach grant <folder>',
  reads: 'reading',
  writes: 'reading and writing',
  needsAddress: 'Give the address of the SearXNG server, as in http://127.0.0.1:8888',
  searchRemoved: 'The search is disconnected, its key forgotten.',
  tested: (count, ms) => `The search answers: results ${count}, ${ms} ms`,
  granted: (path, right) => `${path}: granted, ${right}`,
  revoked: path => `${path}: taken back`,
  notGranted: path => `The folder "${path}" is not granted. See: konspekt reach list`,
};

const words: Readonly<Record<Language, ReachWords>> = { ru, en };

export function reachWordsFor(locale: string): ReachWords {
  return words[spokenLanguage(locale)];
}
