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

test('every fault has its words and a cure, and what is done is none', () => {
  for (const outcome of browserFaults) expect(faultOf({ outcome })?.cure, outcome).toMatch(/\.$/u);
  expect(faultOf({ outcome: 'done' })).toBeNull();
  expect(recipeFault({ trace: [] }, 'en')).toBeNull();
});
