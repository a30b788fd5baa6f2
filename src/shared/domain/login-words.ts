import type { Language } from './language.ts';

type LoginErrorCode =
  | 'bad_login_site'
  | 'login_name_taken'
  | 'login_in_use'
  | 'login_scheduled'
  | 'login_gone'
  | 'login_locked'
  | 'too_many_logins';

/** Why a login cannot be kept or used, and what helps; the window and the command line say the same. */
export const loginWords: Readonly<Record<Language, Readonly<Record<LoginErrorCode, string>>>> = {
  ru: {
    bad_login_site: 'Это не адрес сайта. Напишите его как shop.example, без звёздочек.',
    login_name_taken: 'Вход с таким названием уже есть. Выберите другое.',
    login_scheduled: 'С этим входом работает расписание. Сначала измените или удалите расписание.',
    login_in_use: 'Этот вход занят задачей. Подождите, пока она закончится, или остановите её.',
    login_gone: 'Входа этой задачи больше нет. Запустите задачу с другим входом.',
    login_locked: 'Этот вход сохранён в другой программе, и здесь его не открыть. Удалите его и добавьте заново.',
    too_many_logins: 'Сохранено слишком много входов. Удалите ненужные.',
  },
  en: {
    bad_login_site: 'This is no address of a site. Write it as shop.example, without asterisks.',
    login_name_taken: 'There is a login of this name already. Choose another.',
    login_scheduled: 'A schedule signs in with this login. Change or remove the schedule first.',
    login_in_use: 'A task uses this login. Wait until it is done, or stop it.',
    login_gone: 'The login of this task is no longer there. Start the task with another one.',
    login_locked: 'This login was saved by another host of the program and cannot be opened here. Remove it and add it again.',
    too_many_logins: 'There are too many saved logins. Remove some that are no longer needed.',
  },
};
