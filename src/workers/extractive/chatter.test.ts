import { describe, expect, test } from 'vitest';
import { isChatter } from './chatter.ts';

describe('isChatter', () => {
  test.each([
    'Ок, тогда я подготовлю картинки для контейнеров.',
    'Олег: Отлично, тогда я подготовлю письмо сотрудникам к понедельнику.',
    'Да, сегодня же напишу поставщику.',
    'Договорились, разошлю анкету на этой неделе.',
    'ок я куплю билеты',
    'Супер, спасибо тебе большое за помощь!',
    'Да, мне всё нравится.',
    'Sounds good, thanks everyone!',
    'Sounds good.',
    "Great, I'll send the draft tonight.",
    'Fine by me.',
  ])('%s', line => {
    expect(isChatter(line)).toBe(true);
  });

  test.each([
    'Хорошо известно, что торф горит без пламени.',
    'Да, нужны два взрослых на каждые десять детей.',
    'Хорошо, утверждаем дежурство администратора на месяц, в порядке пробы.',
    'Да, я собрал данные за весь прошлый месяц.',
    'Решено: ремонтируем терминал.',
    'Я составлю маршрут: кремль, Изборск, Печоры и музей в Михайловском.',
    'Нет данных о том, сколько углерода вернётся в почву.',
    'Right whales feed near the surface.',
    'Good soil holds more living things than there are people on Earth.',
    'Okay, so the review missed it because the diff had 900 lines.',
    'No hive should stand where wild bees are rare.',
  ])('not: %s', line => {
    expect(isChatter(line)).toBe(false);
  });
});
