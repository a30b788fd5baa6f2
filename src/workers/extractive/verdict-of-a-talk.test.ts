import { describe, expect, test } from 'vitest';
import { make, source } from '../../../test/support/workers/section-material.ts';

const decisionsOf = (...lines: readonly string[]): string[] =>
  make('decisions', [source(lines.join('\n'))]).items.map(({ text }) => text.replace(/^\p{L}+: /u, ''));

describe('what a talk concludes', () => {
  test.each([
    [['Вера: Берём синюю или белую краску?', 'Олег: Белая пачкается.', 'Вера: Тогда синяя.', 'Олег: Хорошо.'], 'Тогда синяя.'],
    [['Вера: Ярмарка в мае, просят ответ.', 'Олег: Я могу поехать.', 'Вера: Всё, участвуем.', 'Олег: Ладно.'], 'Всё, участвуем.'],
    [['Вера: Пирог не берут.', 'Олег: Совсем?', 'Вера: Значит, пирог уходит из меню.', 'Олег: Понятно.'], 'Пирог уходит из меню.'],
    [
      ['Вера: Давайте покрасим забор в мае.', 'Олег: По рукам.', 'Вера: А калитка?', 'Олег: Калитка новая.'],
      'Давайте покрасим забор в мае.',
    ],
  ])('in Russian: %j', (lines, wanted) => {
    expect(decisionsOf(...lines)).toEqual([wanted]);
  });

  test.each([
    [['Ann: Blue or white paint?', 'Bob: White gets dirty.', 'Ann: Blue it is, then.', 'Bob: Fine.'], 'Blue it is, then.'],
    [['Ann: The train or the coach?', 'Bob: The coach is slow.', 'Ann: train then.', 'Bob: fine'], 'train then.'],
    [['Ann: And Sundays?', 'Bob: Nobody wants them.', 'Ann: Sundays are off the table.', 'Bob: Good.'], 'Sundays are off the table.'],
    [['Ann: We have ruled out the tent.', 'Bob: It leaks.', 'Ann: It does.', 'Bob: A pity.'], 'We have ruled out the tent.'],
    [['Ann: We leave on Thursday night.', 'Bob: Is that early?', 'Ann: Not very.', 'Bob: Good.'], 'We leave on Thursday night.'],
    [
      ["Ann: Let's paint the fence in May.", 'Bob: Works for me.', 'Ann: And the gate?', 'Bob: It is new.'],
      "Let's paint the fence in May.",
    ],
    [
      ["Ann: We're painting it in May, agreed?", 'Bob: Agreed.', 'Ann: And the gate?', 'Bob: It is new.'],
      "We're painting it in May, agreed?",
    ],
  ])('in English: %j', (lines, wanted) => {
    expect(decisionsOf(...lines)).toEqual([wanted]);
  });

  test.each([
    [['Вера: Дождь всё идёт.', 'Олег: Крыша течёт.', 'Вера: Значит, он не приедет.', 'Олег: Увы.']],
    [['Вера: Все собрались?', 'Олег: Почти.', 'Вера: Всё, работаем.', 'Олег: Слушаю.']],
    [['Вера: Давайте покрасим забор в мае.', 'Олег: Не знаю, дорого.', 'Вера: Подумай.', 'Олег: Подумаю.']],
    [['Ann: The rain goes on.', 'Bob: The roof leaks.', 'Ann: Then he is not coming.', 'Bob: A pity.']],
    [["Ann: Let's paint the fence in May.", 'Bob: It costs too much.', 'Ann: Think it over.', 'Bob: I might.']],
    [['Ann: Thanks for the cake.', 'Bob: You are welcome.', 'Ann: See you then.', 'Bob: Bye.']],
  ])('no verdict: %j', lines => {
    expect(decisionsOf(...lines)).toEqual([]);
  });

  test('what was proposed and settled in other words is told once', () => {
    const told = decisionsOf('Вера: Предлагаю красить забор в мае.', 'Олег: Согласен.', 'Вера: Решили: забор красим в мае.', 'Олег: Да.');
    expect(told).toEqual(['забор красим в мае.']);
  });
});
