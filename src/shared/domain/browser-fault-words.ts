import type { BrowserFaultCode } from './browser.ts';
import type { Language } from './language.ts';

/** Why an action in a browser was not done, for the window and the command line alike; each goes on after a colon. */
export const browserFaultWords: Readonly<Record<Language, Readonly<Record<BrowserFaultCode | 'declined', string>>>> = {
  ru: {
    declined: 'разрешения не было',
    stale_ref: 'страница успела измениться',
    not_found: 'на странице такого нет',
    ambiguous: 'таких элементов несколько',
    occluded: 'элемент чем-то закрыт',
    disabled: 'элемент неактивен',
    dialog_open: 'страница задала вопрос, и ответом было «нет»',
    timeout: 'страница не ответила вовремя',
    not_allowed: 'этот адрес не разрешён',
    download_blocked: 'скачивание остановлено',
    too_large: 'слишком много данных',
    assertion_failed: 'проверка не прошла',
    page_crashed: 'страница упала',
    page_too_large: 'страница заняла слишком много памяти и закрыта',
    page_hung: 'страница зависла',
    browser_gone: 'браузер закрылся',
    no_secret: 'такого секрета нет',
    person_holds: 'управляли вы',
    limit_steps: 'достигнут предел шагов одной задачи',
    limit_time: 'достигнут предел времени одной задачи',
    limit_failures: 'слишком много действий подряд не удались',
    limit_still: 'слишком много действий подряд ничего не изменили',
  },
  en: {
    declined: 'it was not allowed',
    stale_ref: 'the page had changed',
    not_found: 'the page has no such thing',
    ambiguous: 'there are several such elements',
    occluded: 'something covers the element',
    disabled: 'the element is inactive',
    dialog_open: 'the page asked a question, and the answer was no',
    timeout: 'the page did not answer in time',
    not_allowed: 'this address is not allowed',
    download_blocked: 'the download was stopped',
    too_large: 'too much data',
    assertion_failed: 'the check did not hold',
    page_crashed: 'the page crashed',
    page_too_large: 'the page took too much memory and was closed',
    page_hung: 'the page hung',
    browser_gone: 'the browser closed',
    no_secret: 'there is no such secret',
    person_holds: 'you were in control',
    limit_steps: 'the most steps of one task were done',
    limit_time: 'the longest time of one task is over',
    limit_failures: 'too many actions in a row failed',
    limit_still: 'too many actions in a row changed nothing',
  },
};

/** The same of a file that a page was not given. */
export const fileNotAllowed: Readonly<Record<Language, string>> = {
  ru: 'файл лежит вне папок, которые вы открыли',
  en: 'the file is outside the folders that you have granted',
};
