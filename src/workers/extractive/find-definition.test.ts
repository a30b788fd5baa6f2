import { describe, expect, test } from 'vitest';
import { findDefinition } from './find-definition.ts';

describe('findDefinition', () => {
  test.each([
    ['Торф — это горная порода из остатков растений.', 'Торф'],
    ['Рабочая память — это система, которая удерживает сведения.', 'Рабочая память'],
    ['Митоз представляет собой деление ядра.', 'Митоз'],
    ['Под метаболизмом понимают совокупность реакций.', 'метаболизмом'],
    ['Кривой забывания называют график памяти.', 'Кривой забывания'],
    ['Термин «эукариоты» означает организмы с ядром.', 'эукариоты'],
    ['Такой процесс называется «апоптоз».', 'апоптоз'],
    ['ДНК (дезоксирибонуклеиновая кислота) — это молекула наследственности.', 'ДНК'],
    ['A Fresnel lens is a set of prisms that bends light.', 'Fresnel lens'],
    ['Epidemiology is the study of how diseases spread.', 'Epidemiology'],
    ['Photosynthesis refers to the making of sugar from light.', 'Photosynthesis'],
    ['Несмеяна — это царевна из сказки, которая не смеётся.', 'Несмеяна'],
    ['Инфляция — это рост общего уровня цен.', 'Инфляция'],
    ['Deep sleep is the stage in which large slow waves appear.', 'Deep sleep'],
    ['The event is known as the Great Stink.', 'Great Stink'],
    ['A cesspool is a pit that collects the sewage of a house.', 'cesspool'],
    ['An intercepting sewer is a large sewer that catches the flow of smaller sewers.', 'intercepting sewer'],
    ['Most physicians believed in miasma theory, the idea that disease is spread by bad air.', 'miasma theory'],
    ['A sourdough starter is a culture of wild yeast kept in flour and water.', 'sourdough starter'],
    ['Bulk fermentation is the first rise of the dough after mixing.', 'Bulk fermentation'],
    ['The testing effect is the gain in memory that comes from the attempt to recall.', 'testing effect'],
    ['Долгота — угол между плоскостью начального меридиана и плоскостью меридиана данной точки.', 'Долгота'],
    ['Затон — участок реки внутри излучины.', 'Затон'],
    ['Квадратурным называют прилив, который бывает при половинной луне.', 'Квадратурный прилив'],
    ['Obsidian is a glass that volcanoes make.', 'Obsidian'],
    ['A moraine is a ridge of stones at the foot of a glacier.', 'moraine'],
    ['The amplitude is the distance from rest to the farthest point.', 'amplitude'],
    ['Sublimation means that ice turns into vapour at once.', 'Sublimation'],
    ['Шерстистый мамонт — вымерший вид семейства слоновых, который населял север Евразии.', 'Шерстистый мамонт'],
  ])('%s', (sentence, term) => {
    expect(findDefinition(sentence)?.term).toBe(term);
  });

  test.each([
    'Это — не ответ.',
    'Главной причиной врачи называют недосып.',
    'Учёные называют его многолетнемёрзлым.',
    'После воды бетон — самое употребляемое вещество на планете.',
    'Главное — это вовремя остановиться.',
    'Он — это я.',
    'Мы решили, что это хорошо.',
    'Что такое торф?',
    'It is a set of prisms that bends light.',
    'The result is a disaster for the town.',
    'This is the stage in which waves appear.',
    'The smell of ammonia means too much nitrogen.',
    'Но двадцать тем за десять недель — это по две темы в неделю.',
    'Двадцать тем за десять недель — это по две темы в неделю.',
    'А договор — это документ для бухгалтерии.',
    'But a queue is a place where people wait for hours.',
    'Three months is a period that nobody remembers.',
    'The event is a process of great importance for the town.',
    'The process is the result of long work in the field.',
    'The main problem is the lack of clean water in the town.',
    'Следующий шаг — процесс согласования договора.',
    'Мой дом — место, где меня ждут.',
    'The solids were dumped at sea by ships, a practice that ended only in 1998.',
    'He spoke of the river, the man who had crossed it, and the ferry.',
  ])('no definition: %s', sentence => {
    expect(findDefinition(sentence)).toBeNull();
  });

  test('a person is no «что»', () => {
    expect(findDefinition('Менделеев — это химик, который открыл периодический закон.')).toMatchObject({
      term: 'Менделеев',
      isNominative: false,
    });
  });
});
