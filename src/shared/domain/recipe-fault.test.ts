import { expect, test } from 'vitest';
import { browserFaults, browserTraceEntry } from './browser.ts';
import { recipeFault } from './recipe-fault.ts';

const entry = (more: object) =>
  browserTraceEntry.parse({
    step: 'tool:4.0',
    action: { do: 'assert', that: { text: 'Найдено' } },
    why: '',
    url: 'https://shop.example/',
    title: 'Лавка',
    outcome: 'assertion_failed',
    told: '',
    screenshot: null,
    atMs: 1,
    ...more,
  });
const faultOf = (more: object) => recipeFault({ trace: [entry({ step: 'tool:3.0', outcome: 'done' }), entry(more)] }, 'ru');

test('a stopped recipe says at which step, what it expected, what it saw and what to do', () => {
  expect(faultOf({})).toMatchObject({
    number: 4,
    expected: 'на странице есть «Найдено»',
    seen: 'проверка не прошла; страница «Лавка», https://shop.example/',
    cure: expect.stringContaining('исправьте проверку'),
  });
  const button = { do: 'click', target: { by: 'role', role: 'button', name: 'Купить' } };
  expect(faultOf({ step: 'act:4.0', action: button, outcome: 'not_found', url: '', title: '' })).toMatchObject({
    expected: 'на странице есть «Купить»',
    seen: 'на странице такого нет; страница ещё не открыта',
  });
  expect(faultOf({ step: 'act:4.0', action: button, outcome: 'declined' })).toMatchObject({
    seen: expect.stringContaining('разрешения не было'),
    cure: expect.stringContaining('разрешите этот шаг'),
  });
  // Sent, and nobody knows what became of it: it is not simply done again.
  expect(faultOf({ step: 'act:4.0', action: button, outcome: null })).toMatchObject({
    seen: expect.stringContaining('неизвестно'),
    cure: expect.stringContaining('Проверьте на самом сайте'),
  });
});

test('a file that may not be given is no address, and is cured by a folder', () => {
  const upload = { do: 'upload', target: { by: 'label', text: 'Файл' }, path: '/a' };
  expect(faultOf({ action: upload, outcome: 'not_allowed' })).toMatchObject({
    seen: expect.stringContaining('файл лежит вне папок'),
    cure: expect.stringContaining('Интернет и папки'),
  });
  expect(faultOf({ action: { do: 'open', url: 'https://other.example/' }, outcome: 'not_allowed' })).toMatchObject({
    expected: 'откроется https://other.example/',
    cure: expect.stringContaining('Добавьте этот сайт'),
  });
});

test('what could not be reached says why, names it, and what helps against that', () => {
  const open = { action: { do: 'open', url: 'http://192.168.0.7/' }, url: '', title: '' };
  expect(faultOf({ ...open, outcome: 'private_address', told: '192.168.0.7' })).toMatchObject({
    expected: 'откроется http://192.168.0.7/',
    seen: 'адрес в вашей сети, и он не разрешён: 192.168.0.7; страница ещё не открыта',
    cure: expect.stringContaining('«Разрешённые адреса в вашей сети»'),
  });
  expect(faultOf({ ...open, outcome: 'http_error', told: '404' })?.seen).toContain('сайт ответил ошибкой: 404');
  expect(faultOf({ ...open, outcome: 'unknown_host', told: 'shop' })?.cure).toContain('есть ли сеть');
});

test('a field that was there is not what is missing where a login is, and a press without an answer may have been made', () => {
  const target = { by: 'label', text: 'Пароль' };
  expect(faultOf({ action: { do: 'type', target, value: { secret: 'password' } }, outcome: 'no_secret', told: 'password' })).toMatchObject({
    expected: null,
    seen: expect.stringContaining('нет входа с этим секретом: password'),
    cure: expect.stringContaining('выберите вход'),
  });
  const press = { step: 'act:4.0', action: { do: 'click', target: { by: 'role', role: 'button', name: 'Купить' } } };
  expect(faultOf({ ...press, outcome: 'page_hung' })).toMatchObject({
    expected: null,
    cure: expect.stringContaining('Проверьте на самом сайте'),
  });
  expect(faultOf({ action: { do: 'read' }, outcome: 'page_hung' })?.cure).toContain('Запустите рецепт ещё раз');
});

test('every fault has its words and a cure, and what is done is none', () => {
  for (const outcome of browserFaults) expect(faultOf({ outcome })?.cure, outcome).toMatch(/\.$/u);
  expect(faultOf({ outcome: 'done' })).toBeNull();
  expect(recipeFault({ trace: [] }, 'en')).toBeNull();
});
