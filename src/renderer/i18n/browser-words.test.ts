import { expect, test } from 'vitest';
import { browserAction, type BrowserTraceEntry } from '../../shared/domain/browser.ts';
import { describeAction, describeOutcome } from './browser-words.ts';
import { speech } from '../../../test/support/speech.ts';

const ru = speech.ru;
const en = speech.en;
const words = (action: unknown) => {
  const read = browserAction.parse(action);
  return [describeAction(read, ru), describeAction(read, en)];
};
const button = { by: 'role', role: 'button', name: 'Найти' };

test('what is done reads as a sentence in both languages', () => {
  expect(words({ do: 'open', url: 'https://a.example/' })).toEqual(['Открыть https://a.example/', 'Open https://a.example/']);
  expect(words({ do: 'click', target: button })).toEqual(['Нажать: кнопка «Найти»', 'Click the button “Найти”']);
  expect(words({ do: 'snapshot' })).toEqual(['Осмотреть страницу', 'Look at the page']);
  expect(words({ do: 'tabs', tab: { show: 0 } })).toEqual(['Вкладки: показать 1-ю', 'Tabs: show number 1']);
  expect(words({ do: 'wait', for: { ms: 2_000 } })).toEqual(['Подождать 2 с', 'Wait 2 s']);
  expect(words({ do: 'scroll', to: 'end' })).toEqual(['Прокрутить до конца', 'Scroll to the end']);
  expect(words({ do: 'assert', that: { gone: 'Loading' } })[0]).toBe('Проверить: на странице нет «Loading»');
});

test('a secret is told by its name, and long words are cut', () => {
  const label = { by: 'label', text: 'Пароль' };
  expect(words({ do: 'type', target: label, value: { secret: 'shop' } })[0]).toBe('Ввести секрет «shop» → поле «Пароль»');
  const [long] = words({ do: 'type', target: label, value: { text: 'а\n'.repeat(500) } });
  expect(long).toContain('…»');
  expect(long?.length).toBeLessThan(130);
});

test('a step without an outcome is under way, or nobody knows', () => {
  const entry: BrowserTraceEntry = {
    step: 'a',
    action: { do: 'back' },
    why: '',
    url: '',
    title: '',
    outcome: null,
    told: '',
    screenshot: null,
    atMs: 0,
  };
  expect(describeOutcome(entry, true, ru)).toBe('выполняется');
  expect(describeOutcome(entry, false, en)).toBe('nobody knows whether it happened');
  expect(describeOutcome({ ...entry, outcome: 'asked' }, false, ru)).toBe('ещё не сделано, ждёт вашего разрешения');
  expect(describeOutcome({ ...entry, outcome: 'stale_ref' }, false, ru)).toBe('страница успела измениться');
});
