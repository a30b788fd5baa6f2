import { describe, expect, test } from 'vitest';
import { chat, lecture, make, meeting, source } from '../../../test/support/workers/section-material.ts';
import { detailLevels, section as sectionSchema, sectionKinds, type SectionKind } from '../../shared/domain/synopsis.ts';
import { makeSection } from './make-section.ts';
import { type Prepared, prepareSources } from './prepare-sources.ts';

describe('every section of every source', () => {
  const prepared: Prepared = prepareSources(
    [source(lecture), source(meeting), chat([{ speaker: 'Ира', text: 'Я куплю билеты в музей к пятнице.' }])],
    'ru',
  );

  test.each(sectionKinds.flatMap(kind => detailLevels.map(detail => [kind, detail] as const)))(
    '%s at %s fits the schema and quotes verbatim',
    (kind, detail) => {
      const made = makeSection(kind, prepared, { detail });
      expect(sectionSchema.parse(made)).toEqual(made);
      expect(made.emptyReason === null).toBe(made.items.length > 0);
      expect(new Set(made.items.map(({ id }) => id)).size).toBe(made.items.length);
      for (const { citations } of made.items) {
        for (const { snapshotHash, quote, prefix, suffix, start, end } of citations) {
          const text = prepared.sources.find(({ input }) => input.snapshotHash === snapshotHash)?.snapshot.text ?? '';
          expect(text.slice(start ?? 0, end ?? 0)).toBe(quote);
          expect(text.slice(0, start ?? 0).endsWith(prefix)).toBe(true);
          expect(text.slice(end ?? 0).startsWith(suffix)).toBe(true);
        }
      }
    },
  );

  test('the same sources give the same section', () => {
    expect(makeSection('theses', prepared, { detail: 'full' })).toEqual(
      makeSection(
        'theses',
        prepareSources([source(lecture), source(meeting), chat([{ speaker: 'Ира', text: 'Я куплю билеты в музей к пятнице.' }])], 'ru'),
        { detail: 'full' },
      ),
    );
  });

  test('no sources and an empty one give empty sections', () => {
    for (const kind of sectionKinds) {
      expect(make(kind, []).items).toEqual([]);
      expect(make(kind, [source('')]).items).toEqual([]);
    }
  });

  test('contradictions need a model', () => {
    expect(make('contradictions', [source(lecture)])).toMatchObject({ items: [], emptyReason: 'needs_model' });
  });
});

describe('summary and theses', () => {
  test('greetings and farewells are never chosen', () => {
    const said = [...make('summary', [source(meeting)], 'full').items, ...make('theses', [source(meeting)], 'full').items]
      .map(({ text }) => text)
      .join(' ');
    expect(said).toContain('переносим релиз');
    expect(said).not.toMatch(/привет|слышно|спасибо/iu);
  });

  test('a thesis repeats no sentence of the summary', () => {
    const summary = new Set(make('summary', [source(lecture)]).items.map(({ text }) => text));
    const theses = make('theses', [source(lecture)]).items.map(({ text }) => text);
    expect(theses.length).toBeGreaterThan(1);
    expect(theses.filter(text => summary.has(text))).toEqual([]);
  });

  test.each([
    ['Купить молоко.', ['Купить молоко.']],
    ['Лекция переносится на среду. Аудитория та же.', ['Лекция переносится на среду.', 'Аудитория та же.']],
    ['The harbour is closed.', ['The harbour is closed.']],
    ['Что делать?', ['Что делать?']],
    ['Анна: Привет!\nБорис: Еду в субботу.\nАнна: Ок.', ['Еду в субботу.']],
  ])('a note is its own summary: %s', (text, sentences) => {
    expect(make('summary', [source(text)]).items.map(item => item.text)).toEqual(sentences);
  });

  test('chatter of a discussion below an article is no point of it', () => {
    const discussed = [
      lecture,
      '# Обсуждение',
      [
        'Ирина: Всем привет, посмотрели лекцию?',
        'Олег: Да, посмотрел, мне всё нравится, вопросов особо нет.',
        'Ирина: Отлично, тогда я подготовлю рисунки клетки к понедельнику.',
        'Олег: Ок, тогда я подготовлю вопросы для студентов.',
        'Ирина: Sounds good, thanks everyone!',
      ].join('\n'),
    ].join('\n\n');
    const points = (['summary', 'theses'] as const).flatMap(kind => make(kind, [source(discussed)], 'full').items.map(({ text }) => text));
    expect(points.join(' ')).toContain('Клетка');
    expect(points.filter(text => /подготовлю|нравится|sounds/iu.test(text))).toEqual([]);
    expect(make('tasks', [source(discussed)]).items.map(({ who }) => who)).toEqual(['Ирина', 'Олег']);
  });

  test('a word of advertising makes a sentence no advertisement', () => {
    const text = 'Бюджет на рекламу осенней ярмарки вырос на треть, потому что реклама прошлого года привела вдвое больше покупателей.';
    expect(make('summary', [source(text)]).items).toHaveLength(1);
    expect(prepareSources([source(`Реклама нового магазина у дома.\n\n${text}`)], 'ru').sentences.map(({ isFit }) => isFit)).toEqual([
      false,
      true,
    ]);
  });

  test('the same text in two sources is told once', () => {
    const twice = [source(lecture), source(`${lecture}\n\nПослесловие редактора к этой лекции о клетке.`)];
    for (const kind of ['summary', 'theses', 'terms', 'timeline', 'figures', 'questions'] as const) {
      const texts = make(kind, twice, 'full').items.map(({ text }) => text);
      expect(texts.length).toBeGreaterThan(0);
      expect(new Set(texts).size).toBe(texts.length);
    }
  });

  test.each([0, 1])('of two copies the one that lost its dashes and quotation marks is not quoted (place %i)', place => {
    const own = ' Эту фразу знает только испорченная копия лекции о клетке и энергии.';
    const bad = source(lecture.replaceAll('—', '?').replace('клеточную теорию', '?клеточную теорию?') + own);
    const copies = place === 0 ? [bad, source(lecture)] : [source(lecture), bad];
    const prepared = prepareSources(copies, 'ru');
    expect(prepared.sentences.filter(({ source: from }) => from === place).map(({ text }) => text)).toEqual([own.trim()]);
    expect(prepared.sentences.map(({ index }) => index)).toEqual(prepared.sentences.map((_, index) => index));
    for (const kind of ['summary', 'theses', 'terms', 'timeline', 'figures'] as const)
      expect(
        make(kind, copies, 'full')
          .items.map(({ text }) => text)
          .join(' '),
      ).not.toMatch(/ \? |\?\p{L}/u);
  });

  test('the running title of pages is never chosen', () => {
    const title = 'Учебник по цитологии для медицинских вузов под редакцией профессора Петровой, страница';
    const pages = lecture
      .split('\n\n')
      .map((part, number) => `${part}\n\n${title} ${number + 1}.`)
      .join('\n\n');
    const said = [...make('summary', [source(pages)], 'full').items, ...make('theses', [source(pages)], 'full').items]
      .map(({ text }) => text)
      .join(' ');
    expect(said).toContain('клет');
    expect(said).not.toContain('Учебник по цитологии');
  });

  test('each weighty source is in the summary', () => {
    const other =
      'Торговый путь через Кяхту сделал чай дешёвым напитком. Купцы меняли меха и сукно на чай и шёлк. Открытие Суэцкого канала разорило кяхтинских купцов за несколько лет.';
    const summary = make('summary', [source(lecture), source(other)]);
    expect(new Set(summary.items.map(({ citations }) => citations[0]?.snapshotHash)).size).toBe(2);
  });

  test('a sentence about somebody unnamed is not in the summary of prose', () => {
    const tower = [
      'Гиперболоидная башня держит нагрузку тонкой сетчатой оболочкой из прямых балок. Её впервые построил инженер Шухов для выставки в Нижнем Новгороде, и башня из балок стоит до сих пор.',
      'Сетчатая оболочка башни из прямых балок легче обычной в три раза. Прямые балки оболочки дёшевы, поэтому такие башни строили для воды, маяков и радио. Радиобашня на Шаболовке собрана из шести сетчатых секций.',
    ].join('\n\n');
    const texts = make('summary', [source(tower)], 'full').items.map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter(text => text.startsWith('Её'))).toEqual([]);
  });

  test('the first sentence weighs more in a report than in other prose', () => {
    const text = (verb: string): string =>
      [
        'Совет города закрыл старый мост для машин с первого апреля.',
        `Машины сместили опоры моста на четыре сантиметра, ${verb} инженеры города. Ремонт опор моста начнётся в мае.`,
        `Торговцы старого города потеряют без машин половину покупателей, ${verb} их союз. Стоянка для машин у моста будет бесплатной.`,
      ].join('\n\n');
    const leadOf = (verb: string): number => prepareSources([source(text(verb))], 'ru').scores[0] ?? 0;
    expect(leadOf('сообщили')).toBeGreaterThan(leadOf('доказали'));
  });

  test('who speaks of himself is named, in a talk', () => {
    const talk = [
      'Вера: Это из-за кэша. Я вчера проверила: 80% запросов идут мимо кэша из-за метки времени в ключе.',
      'Борис: Нагрузочное тестирование кэша показало рост времени ответа до 4 секунд.',
      'Вера: Запросов к кэшу станет вдвое меньше после исправления ключа.',
      'Борис: Let me be frank, my tests of the cache fail on Sundays and Mondays.',
    ].join('\n');
    const said = (['summary', 'theses', 'figures'] as const).flatMap(kind => make(kind, [source(talk)], 'full').items);
    const texts = said.map(({ text }) => text);
    expect(texts).toContain('Вера: Я вчера проверила: 80% запросов идут мимо кэша из-за метки времени в ключе.');
    expect(texts).toContain('Борис: Let me be frank, my tests of the cache fail on Sundays and Mondays.');
    expect(texts).toContain('Нагрузочное тестирование кэша показало рост времени ответа до 4 секунд.');
    expect(said.some(({ citations }) => citations[0]?.quote.startsWith('Вера:') === true)).toBe(false);
  });

  test('an item begins without its conjunction, its quote with it', () => {
    const text = 'И растения пустыни экономят воду изо всех сил, потому что дождь бывает раз в год.';
    expect(make('summary', [source(text)]).items[0]).toMatchObject({
      text: text.slice(2, 3).toUpperCase() + text.slice(3),
      citations: [{ quote: text }],
    });
  });
});

describe('a sentence in several sections', () => {
  const text = [
    'В 1714 году британский парламент принял Акт о долготе, который обещал премию в 20 000 фунтов тому, кто определит долготу в море.',
    'За 81 день плавания часы отстали на 5,1 секунды. Четвёртая модель была похожа на карманные часы диаметром 13 сантиметров. Копия часов обошлась в 450 фунтов 12 лет спустя.',
  ].join('\n\n');
  const prepared = prepareSources([source(text)], 'ru');
  const texts = (kind: SectionKind, planned: readonly SectionKind[]) =>
    makeSection(kind, prepared, { detail: 'full', planned }).items.map(item => item.text);

  test('stands whole in the first and in short in the next', () => {
    expect([...texts('summary', []), ...texts('theses', [])]).toContain(text.split('\n\n')[0]);
    expect(texts('timeline', ['summary', 'theses', 'timeline'])).toEqual(['В 1714 году британский парламент принял Акт о долготе…']);
    expect(texts('timeline', ['timeline', 'summary', 'theses'])).toEqual([text.split('\n\n')[0]]);
  });

  test('figures stay where leaving them out would empty the section', () => {
    expect(texts('figures', ['summary', 'theses', 'timeline', 'figures'])).toEqual(texts('figures', []));
  });
});

describe('facts', () => {
  test('terms have their defining sentence', () => {
    expect(make('terms', [source(lecture)]).items.map(({ term }) => term)).toEqual(['Клетка', 'Митохондрия', 'Фотосинтез']);
  });

  test('questions are asked only with terms in the nominative', () => {
    expect(make('selfCheck', [source(lecture)]).items.map(({ text, answer }) => [text, answer.split(' ')[0]])).toEqual([
      ['Что такое клетка?', 'Клетка'],
      ['Что такое митохондрия?', 'Митохондрия'],
    ]);
  });

  test('a word that is also the title of a book keeps its small letter', () => {
    const text = 'Долгота — угол между плоскостями двух меридианов. Как измерить долготу, сказано в книге Собел «Долгота».';
    expect(make('selfCheck', [source(text)]).items.map(item => item.text)).toEqual(['Что такое долгота?']);
  });

  test('events are in the order of time', () => {
    expect(make('timeline', [source(lecture)]).items.map(({ when, date }) => [when, date])).toEqual([
      ['12 марта 1665', '1665-03-12'],
      ['1839', '1839'],
    ]);
  });

  const whens = (text: string) => make('timeline', [source(text)]).items.map(({ when, date }) => [when, date]);

  test('centuries, eras and days without a year have their place', () => {
    const text = [
      'Часы XVII века отставали на качающемся корабле. Последние мамонты жили примерно до 2000 года до нашей эры на острове.',
      'Около 11 700 лет назад тундростепь сменилась болотами. 22 октября 1707 года погибла эскадра адмирала. 29 октября тела моряков похоронили на берегу.',
      'The sewers of the city did not overflow until the 1960s. К 15 декабря студенты подготовят эссе о лунных расстояниях.',
    ].join('\n\n');
    expect(whens(text)).toEqual([
      ['Около 11 700 лет назад', null],
      ['2000 до нашей эры', null],
      ['XVII век', null],
      ['22 октября 1707', '1707-10-22'],
      ['29 октября', '1707-10-29'],
      ['1960s', '1960'],
      ['15 декабря', null],
    ]);
  });

  test('a day of minutes is of the year of the minutes', () => {
    const minutes = [
      'Протокол встречи команды «Маяк», 12 ноября 2026 года',
      'Мы решили отказаться от старой версии с 1 марта 2027 года.\n\nЗдесь мы обещали клиентам релиз 1 декабря. Дежурство на складе начнётся 4 января.',
    ].join('\n\n');
    expect(whens(minutes)).toEqual([
      ['1 декабря', '2026-12-01'],
      ['4 января', '2027-01-04'],
      ['1 марта 2027', '2027-03-01'],
    ]);
  });

  test('the date of an article on old times gives its days no year', () => {
    const article =
      'Ирина Ковалёва, 3 марта 2025 года\n\nВ 1707 году флот вышел из Гибралтара. Туман окутал острова.\n\nЭскадра погибла у островов 22 октября.';
    expect(whens(article).at(-1)).toEqual(['22 октября', null]);
  });

  test('a dateline is no event', () => {
    const news = 'PORT HARLOW, Nov. 4. The ferry was stopped by inspectors on November 3 because of a crack.';
    expect(make('timeline', [source(news)]).items.map(({ when }) => when)).toEqual(['November 3']);
  });

  test('proposals of a day are left to the decision on it', () => {
    const talk = [
      'Анна: Когда проводим защиту проекта?',
      'Борис: Предлагаю 17 мая, за неделю.',
      'Виктор: Давайте лучше 19 мая, удобнее.',
      'Анна: Решили: защита проекта пройдёт семнадцатого мая в большом зале.',
      'Борис: Предзащита по программе факультета назначена на 3 мая.',
    ].join('\n');
    expect(make('timeline', [source(talk)]).items.map(({ text }) => text)).toEqual([
      'Решили: защита проекта пройдёт семнадцатого мая в большом зале.',
      'Предзащита по программе факультета назначена на 3 мая.',
    ]);
  });

  test('figures have their unit', () => {
    expect(make('figures', [source(lecture)]).items.map(({ figure }) => figure)).toEqual(['2 м', '0,2 %']);
  });
});
