import { describe, expect, test } from 'vitest';
import { joinLines } from './join-lines.ts';
import { readPlainText } from './read-plain-text.ts';

const outlineOf = (text: string) =>
  [...readPlainText(text)].map(block => [block.kind === 'heading' ? `h${block.level}` : block.kind, block.text]);

describe('plain text', () => {
  test('joins lines broken at a column and keeps paragraphs apart', () => {
    const wrapped =
      'Руководство проекта решило перенести запуск системы\nна апрель, потому что поставщик задержал обору-\nдование и команда не успела.\n\nВторой абзац.';
    expect(outlineOf(wrapped)).toEqual([
      [
        'paragraph',
        'Руководство проекта решило перенести запуск системы на апрель, потому что поставщик задержал оборудование и команда не успела.',
      ],
      ['paragraph', 'Второй абзац.'],
    ]);
  });

  test('keeps lines that were broken by the author', () => {
    expect(outlineOf('Мороз и солнце;\nдень чудесный!\nЕщё ты дремлешь')).toEqual([
      ['paragraph', 'Мороз и солнце;'],
      ['paragraph', 'день чудесный!'],
      ['paragraph', 'Ещё ты дремлешь'],
    ]);
  });

  test('long lines are paragraphs of their own', () => {
    const long = 'слово '.repeat(60).trim();
    expect(outlineOf(`${long}\n${long}`)).toEqual([
      ['paragraph', long],
      ['paragraph', long],
    ]);
  });

  test('tells lists, with items hanging over lines, from speech after a dash', () => {
    expect(outlineOf('Купить:\n- хлеб\n  чёрный\n* молоко\n1) соль')).toEqual([
      ['paragraph', 'Купить:'],
      ['list-item', 'хлеб чёрный'],
      ['list-item', 'молоко'],
      ['list-item', '1) соль'],
    ]);
    expect(outlineOf('— Привет!\n— И тебе.')).toEqual([
      ['paragraph', '— Привет!'],
      ['paragraph', '— И тебе.'],
    ]);
  });

  test('finds headings that stand alone', () => {
    expect(outlineOf('ПРОТОКОЛ ЗАСЕДАНИЯ\n\nГлава 1. Начало\n\n2.1 Сроки работ\n\nОбычная строка.')).toEqual([
      ['h2', 'ПРОТОКОЛ ЗАСЕДАНИЯ'],
      ['h1', 'Глава 1. Начало'],
      ['h3', '2.1 Сроки работ'],
      ['paragraph', 'Обычная строка.'],
    ]);
  });
});

describe('a word at the end of a line', () => {
  test.each([
    ['конс-', 'пект', 'конспект'],
    ['Санкт-', 'Петербург', 'Санкт-Петербург'],
    ['COVID-', '19', 'COVID-19'],
    ['кто-', 'нибудь', 'кто-нибудь'],
    ['кое-', 'где', 'кое-где'],
    ['мес-', 'то здесь', 'место здесь'],
    ['что-', 'то там', 'что-то там'],
    ['мяг\u00ad', 'кий', 'мягкий'],
    ['тире —', 'дальше', 'тире — дальше'],
    ['да -', 'нет', 'да - нет'],
    ['', 'начало', 'начало'],
  ])('«%s» + «%s»', (text, line, joined) => {
    expect(joinLines(text, line)).toBe(joined);
  });
});
