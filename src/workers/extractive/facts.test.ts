import { describe, expect, test } from 'vitest';
import { lecture, make, source } from '../../../test/support/workers/section-material.ts';

describe('facts', () => {
  test('terms have their defining sentence', () => {
    expect(make('terms', [source(lecture)]).items.map(({ term }) => term)).toEqual(['Клетка', 'Митохондрия', 'Фотосинтез']);
  });

  test.each([
    ['Медленный сон (МС) — это стадия сна, на которой волны редки.', 'Медленный сон (МС)', 'Стадия сна, на которой волны редки.'],
    [
      'Slow-wave sleep (SWS) is the stage in which the EEG shows waves below 4 Hz.',
      'Slow-wave sleep (SWS)',
      'The stage in which the EEG shows waves below 4 Hz.',
    ],
    [
      'Sharp-wave ripples are short bursts of 150 to 250 Hz oscillation during which replay happens.',
      'Sharp-wave ripples',
      'Short bursts of 150 to 250 Hz oscillation during which replay happens.',
    ],
    [
      'Спящему дают запах роз. Этот метод называют реактивацией.',
      'Реактивация',
      'Спящему дают запах роз. Этот метод называют реактивацией.',
    ],
    [
      'The sleeper smells roses. This method is called targeted memory reactivation.',
      'Targeted memory reactivation',
      'The sleeper smells roses. This method is called targeted memory reactivation.',
    ],
  ])('a term is not said again, and is known in any wording: %s', (text, term, told) => {
    const { items } = make('terms', [source(`Ночью люди спят.\n\n${text} Реактивация полезна.`)]);
    expect(items.map(item => [item.term, item.text])).toEqual([[term, told]]);
  });

  test.each([
    'Prices are results of a war that nobody wanted.',
    'The walls are pieces of a house that fell.',
    'This man is called in the morning.',
  ])('no term: %s', text => {
    expect(make('terms', [source(text)]).items).toEqual([]);
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

  test.each([
    [
      'В 2007 году Раш показал действие запаха на память.\n\nПрочитайте главу о сне до пятницы 14 марта.\n\nВ 2009 году Жирардо прервал волны сна крыс.',
      '14 марта',
    ],
    [
      'In 2007 Rasch showed the effect of odour on memory.\n\nPlease read the chapter on sleep before Friday, 14 March.\n\nIn 2009 Girardeau interrupted the sleep of rats.',
      '14 March',
    ],
  ])('a day whose year nothing tells stands behind the years: %s', (text, day) => {
    expect(whens(text)).toEqual([
      ['2007', '2007'],
      ['2009', '2009'],
      [day, null],
    ]);
  });

  test.each([
    [
      'В 1701 году король заказал мастерам Янтарную комнату, а в 1716 году его сын подарил её царю Петру.',
      ['1701', 'В 1701 году король заказал мастерам Янтарную комнату…'],
      ['1716', '…а в 1716 году его сын подарил её царю Петру.'],
    ],
    [
      'In 1701 the king commissioned the Amber Room in Berlin, and in 1716 his son gave it to Peter the Great.',
      ['1701', 'In 1701 the king commissioned the Amber Room in Berlin…'],
      ['1716', '…and in 1716 his son gave it to Peter the Great.'],
    ],
  ])('each date of a sentence has its line: %s', (text, ...lines) => {
    expect(make('timeline', [source(text)]).items.map(item => [item.when, item.text])).toEqual(lines);
  });

  test('a year beside a day of it, and a list of many years, have one line', () => {
    const text =
      'Постройку начали 3 мая 1842 года, и в 1842 году положили первые рельсы.\n\nМост чинили в 1850 году, в 1853 году, в 1859 году и в 1866 году.';
    expect(whens(text).map(([when]) => when)).toEqual(['3 мая 1842', '1850']);
  });

  test.each([
    ['Зимой 1837–1838 годов поезда ходили исправно.\n\nДорога открылась для всех 30 октября 1837 года.', ['30 октября 1837', '1837–1838']],
    ['From 1837 to 1838 the trains ran every day.\n\nThe railway opened to all on October 30, 1837.', ['October 30, 1837', '1837–1838']],
    ['In 1701 the king ordered a room of amber.\n\nPliny the Elder wrote of amber in AD 77.', ['AD 77', '1701']],
    ['В 1701 году король заказал комнату из янтаря.\n\nПлиний Старший писал о янтаре в 77 году н. э.', ['77 год нашей эры', '1701']],
  ])('a span stands behind the days it begins with, an old year before the later ones: %s', (text, expected) => {
    expect(whens(text).map(([when]) => when)).toEqual(expected);
  });

  test.each([
    ['Борис: Я считаю, что 20 марта мы не успеем сдать проект.', 'Анна: Предзащита проекта факультета назначена на 3 мая.', '3 мая'],
    ['Boris: I doubt that we can ship the project on March 20.', 'Anna: The first review of the project is planned for May 3.', 'May 3'],
  ])('an opinion about a date is no event: %s', (said, planned, when) => {
    const talk = `${said}\n${planned}\nБорис: Хорошо.\nАнна: Ok.`;
    expect(whens(talk.replaceAll('Boris', 'Борис').replaceAll('Anna', 'Анна')).map(([day]) => day)).toEqual([when]);
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
      'Борис: Предзащита по программе факультета назначена на 3 мая.',
      'Анна: Решили: защита проекта пройдёт семнадцатого мая в большом зале.',
    ]);
  });

  test('figures have their unit', () => {
    expect(make('figures', [source(lecture)]).items.map(({ figure }) => figure)).toEqual(['2 м', '0,2 %']);
  });

  test('a term after its verb is explained after the dash', () => {
    const text = 'Тридцать лет по главной улице ходила подвеска — узкая деревянная вагонетка на стальном канате.';
    expect(make('terms', [source(text)]).items.map(({ term }) => term)).toEqual(['Подвеска']);
  });

  test('both clauses of a sentence give their figure, and a large count names its thing', () => {
    const text =
      'К осени длина канала достигла 84 км, а затраты составили 12 млн рублей. The archive scanned 3,150 of the 7,200 drawings this year.';
    expect(make('figures', [source(text)]).items.map(({ figure, text: told }) => [figure, told])).toEqual([
      ['12 млн рублей', '…а затраты составили 12 млн рублей.'],
      ['84 км', 'К осени длина канала достигла 84 км…'],
      ['3,150 of the 7,200 drawings', 'The archive scanned 3,150 of the 7,200 drawings this year.'],
    ]);
  });
});
