import { describe, expect, test } from 'vitest';
import { lecture, make, source } from '../../../test/support/extractive-sources.ts';

describe('tasks that prose gives', () => {
  test.each([
    ['Домашнее задание: к 15 декабря подготовить эссе о Луне.', null, 'к 15 декабря'],
    ['Необходимо прочитать вторую главу книги Собел.', null, null],
    ['Homework: read the paper on sewers by Monday.', null, 'by Monday'],
    ['Students must submit the essay on sewers.', null, null],
    ['Иванову подготовить смету к 15 мая 2026 года.', 'Иванов', 'к 15 мая 2026 года'],
    ['Отделу закупок согласовать договор до 3 июня.', null, 'до 3 июня'],
  ])('%s', (text, who, due) => {
    const { items } = make('tasks', [source(`${lecture}\n\n${text}`)]);
    expect(items.map(item => [item.text, item.who, item.due])).toEqual([[text, who, due]]);
  });

  test('an order in the dative among the decisions is a task', () => {
    const minutes = 'Протокол\n\n# Решения\n\nРешено расширить проект на 500 квартир. Иванову подготовить смету к 15 мая.';
    expect(make('decisions', [source(minutes)]).items.map(({ text }) => text)).toEqual(['Решено расширить проект на 500 квартир.']);
    expect(make('tasks', [source(minutes)]).items.map(({ who }) => who)).toEqual(['Иванов']);
  });

  test.each([
    '# Задача о долготе\n\nДолгота — угол между плоскостями меридианов.\n\n22 октября 1707 года погибла эскадра адмирала Шовелла.',
    'Необходимо учитывать влияние температуры на хронометр.',
    'Чтобы узнать долготу, нужно составить таблицы движения Луны.',
    'You must remember that the river floods.',
    'Прошу подготовить не могут и лучшие из них.',
  ])('none in: %s', text => {
    expect(make('tasks', [source(text)]).items).toEqual([]);
  });
});
