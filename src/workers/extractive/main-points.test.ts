import { describe, expect, test } from 'vitest';
import { lecture, make, meeting, source } from '../../../test/support/workers/section-material.ts';
import { prepareSources } from './prepare-sources.ts';

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
    ['Анна: Привет!\nБорис: Еду в субботу.\nАнна: Ок.', ['Борис: Еду в субботу.']],
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

  test('who speaks is named in every line of a talk', () => {
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
    expect(texts).toContain('Борис: Нагрузочное тестирование кэша показало рост времени ответа до 4 секунд.');
    expect(said.some(({ citations }) => citations[0]?.quote.startsWith('Вера:') === true)).toBe(false);
  });

  test('an item begins without its conjunction, its quote with it', () => {
    const text = 'И растения пустыни экономят воду изо всех сил, потому что дождь бывает раз в год.';
    expect(make('summary', [source(text)]).items[0]).toMatchObject({
      text: text.slice(2, 3).toUpperCase() + text.slice(3),
      citations: [{ quote: text }],
    });
  });

  const news = [
    'МОСКВА, 5 ноя — РИА Новости. Власти Заречного закрыли на полгода единственный мост через Ижму, сообщила администрация города. Он связывал центр с левым берегом, где живут 19 тысяч человек. Решение приняли из-за размыва опоры, который нашли водолазы.',
    'Паром начнёт ходить через Ижму в субботу с шести утра, рассказал глава транспортного отдела. Он берёт 22 машины и для жителей левого берега бесплатен.',
    'Ремонт моста и укрепление опоры обойдутся городу в 312 миллионов рублей, сказал мэр Заречного. Подрядчика для ремонта моста выберут без конкурса.',
    'Торговцы левого берега подсчитывают убытки от закрытия моста и ждут от города помощи. Они просят отменить им плату за аренду до открытия моста.',
  ].join('\n\n');

  test('a report is told from its beginning, a pronoun after what it points to, without who filed it', () => {
    const texts = make('summary', [source(news)]).items.map(({ text }) => text);
    expect(texts.slice(0, 2)).toEqual([
      'Власти Заречного закрыли на полгода единственный мост через Ижму, сообщила администрация города.',
      'Он связывал центр с левым берегом, где живут 19 тысяч человек.',
    ]);
    expect(texts.some(text => text.startsWith('Он берёт') || text.startsWith('Они просят'))).toBe(false);
  });

  test('a report is retold in about sixty words, in three sentences at least', () => {
    const counts = [
      news,
      news.replaceAll(/, (?:сообщил|рассказал|сказал)/gu, ' вчера по решению городского совета и с согласия области, $&'),
    ].map(text => make('summary', [source(text)]).items.length);
    expect(counts[0]).toBeGreaterThan(counts[1] ?? 0);
    expect(counts[1]).toBeGreaterThanOrEqual(3);
  });

  test('of a chat with hardly a whole statement the longest lines are told, and no courtesy', () => {
    const talk = [
      'Nora: are you still coming to the flea market on Sunday?',
      'Ben: yes but I can only stay until noon',
      "Nora: that's fine, I just need help carrying the lamps",
      'Ben: how many?',
      'Nora: six',
      "Ben: ok, I'll pick you up at seven",
      'Nora: thanks a lot for all of it, you are great',
    ].join('\n');
    expect(make('summary', [source(talk)]).items.map(({ text }) => text)).toEqual([
      'Ben: yes but I can only stay until noon.',
      "Nora: that's fine, I just need help carrying the lamps.",
      "Ben: I'll pick you up at seven.",
    ]);
  });

  test('an objection stands behind what the talk came to', () => {
    const talk = [
      'Анна: Нужно решить, как готовимся к экзамену по двадцати темам.',
      'Илья: Но двадцать тем за десять недель — это по две темы каждую неделю.',
      'Марина: Предлагаю каждую неделю собираться и спрашивать друг друга по темам.',
      'Анна: Решили: готовим карточки, по десять на каждую тему.',
      'Илья: Карточки по первым темам я сделаю до пятницы и пришлю всем.',
      'Марина: Аудитория для экзамена свободна каждую неделю по средам.',
    ].join('\n');
    const texts = make('summary', [source(talk)], 'short').items.map(({ text }) => text);
    expect(texts).toContain('Анна: Решили: готовим карточки, по десять на каждую тему.');
    expect(texts.some(text => text.includes(': Но'))).toBe(false);
  });

  test('a proposal says whose it is by its verb alone', () => {
    const talk = ['Марина: Предлагаю каждую неделю собираться и спрашивать друг друга.', 'Илья: Печать карточек стоит 1500 рублей.'].join(
      '\n',
    );
    expect(make('summary', [source(talk)]).items[0]?.text).toBe('Марина: Предлагаю каждую неделю собираться и спрашивать друг друга.');
  });
});
