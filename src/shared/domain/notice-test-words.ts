import type { Language } from './language.ts';

/** The notification that is sent to see whether notifications come. */
export const testWords: Readonly<Record<Language, { readonly title: string; readonly body: string }>> = {
  ru: { title: 'Проверка уведомлений', body: 'Так Konspekt сообщит о том, что случилось без вас.' },
  en: { title: 'A test of notifications', body: 'This is how Konspekt tells what has happened without you.' },
};
