import { describe, expect, test } from 'vitest';
import { chat, lecture, make, meeting, someMessage, source } from '../../../test/support/workers/section-material.ts';

describe('tasks that prose gives', () => {
  test.each([
    ['Домашнее задание: к 15 декабря подготовить эссе о Луне.', null, 'к 15 декабря'],
    ['Необходимо прочитать вторую главу книги Собел.', null, null],
    ['Homework: read the paper on sewers by Monday.', null, 'by Monday'],
    ['Students must submit the essay on sewers.', null, null],
    ['For next week, please read Diekelmann and Born (2010) and send me one page by Friday, 14 March.', null, 'by Friday, 14 March'],
    ['Read chapter 9 by Thursday, please.', null, 'by Thursday'],
    [
      'К следующей неделе, пожалуйста, прочитайте Дикельман и Борна (2010) и пришлите мне одну страницу до пятницы, 14 марта.',
      null,
      'до пятницы, 14 марта',
    ],
    ['Прочитайте девятую главу к четвергу.', null, 'к четвергу'],
    ['Иванову подготовить смету к 15 мая 2026 года.', 'Иванов', 'к 15 мая 2026 года'],
    ['Отделу закупок согласовать договор до 3 июня.', null, 'до 3 июня'],
    ['Верните, пожалуйста, ключ от сарая до 3 июня.', null, 'до 3 июня'],
    ['Иванову запросить смету до 12 мая.', 'Иванов', 'до 12 мая'],
    ['For next Tuesday, read chapter four.', null, 'next Tuesday'],
    ['If you have a shed, kindly return the key by 3 June.', null, 'by 3 June'],
    ['Mrs Rowe will be sending out the list by 3 June.', 'Mrs Rowe', 'by 3 June'],
    ['R. Moss to ask for a start date by 12 May.', 'R. Moss', 'by 12 May'],
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
    'Read this way, the report was wrong.',
    'Прочитайте эту главу ещё раз, и вы увидите, что шторм был сильным.',
    'Прошу подготовить не могут и лучшие из них.',
  ])('none in: %s', text => {
    expect(make('tasks', [source(text)]).items).toEqual([]);
  });
});

describe('outcomes of a talk', () => {
  test('decisions', () => {
    expect(make('decisions', [source(meeting)]).items.map(({ text }) => text)).toEqual(['Решили: переносим релиз на 27 мая.']);
  });

  test('a decision said aloud, agreed on, and put to all', () => {
    const talk = [
      "Maria: Let's decide: we go with logical replication on Sunday, 29 November.",
      "Tom: Agreed, we'll shut down staging clusters at night.",
      "Maria: Agreed, I'll write the letter tomorrow.",
      'Анна: Экспорт в PDF в этот релиз не входит. Договорились?',
      'Все: Да.',
      'Анна: Отчёт по тестам пока сырой. Договорились?',
      'Борис: Нет, он готов.',
      'Анна: Давайте решим: офис переезжает весной.',
      'Анна: Давайте решим это завтра.',
      'Борис: Спасибо всем за встречу.',
      'Maria: Thanks everyone for coming today.',
      'Tom: Bye everyone, see you on Monday.',
    ].join('\n');
    expect(make('decisions', [source(talk)]).items.map(({ text }) => text)).toEqual([
      "Let's decide: we go with logical replication on Sunday, 29 November.",
      "Agreed, we'll shut down staging clusters at night.",
      'Экспорт в PDF в этот релиз не входит.',
      'Давайте решим: офис переезжает весной.',
    ]);
  });

  test('a question that a reply leaves open stands in place of the reply', () => {
    const talk = [
      'Tom: What about the nightly tests, though? They run on staging at 2 am.',
      'Maria: Good point, that is still open. Tom, please ask Lee.',
      'Tom: Sure, no problem at all.',
      'Анна: Отлично, остальные дни обсудим позже.',
      'Maria: Thanks everyone for the good meeting.',
    ].join('\n');
    expect(make('questions', [source(talk)]).items.map(({ text }) => text)).toEqual([
      'Tom: What about the nightly tests, though?',
      'Анна: Остальные дни обсудим позже.',
    ]);
  });

  test.each([
    ['Следует ли ставить регуляторы за счёт города?', 1],
    ['Следует ли ставить регуляторы за счёт города? Нет, потому что жильцы держали окна открытыми.', 0],
    ['Кто не видел пробок на мосту?', 0],
  ])('prose asks those who decide: %s', (text, count) => {
    expect(make('questions', [source(`Расход тепла упал на треть за зиму.\n\n${text}`)]).items).toHaveLength(count);
  });

  test.each([
    ['Комната исчезла в 1945 году.', 'Сгорела ли она в замке? Вопрос остаётся открытым.', 'Замок снесли позже.'],
    ['The room disappeared in 1945.', 'Was it burned in the castle? The question remains open.', 'The castle was pulled down later.'],
    ['Общество построило две линии.', 'Почему так произошло? Историки спорят до сих пор: одни винят банки.', 'Сеть росла.'],
    ['The company built two lines.', 'Why did this happen? Historians still argue about it.', 'The network grew.'],
    ['Комната исчезла в 1945 году.', 'Её могли сжечь в замке. Ответ неизвестен.', 'Замок снесли позже.'],
  ])('what says that a question is open stands with it: %s %s', (before, open, after) => {
    const { items } = make('questions', [source(`${before} ${open} ${after}`)]);
    expect(items.map(({ text, citations }) => [text, citations.length])).toEqual([[open, 2]]);
  });

  test('nothing is open where only somebody says so', () => {
    expect(make('questions', [source('Вопрос остаётся открытым.\n\nThe question remains open.')]).items).toEqual([]);
  });

  test('a story that dates something by a decision states none', () => {
    const story = 'Когда инженеры решили вернуть старую версию, выяснилось, что копия повреждена. Совет банка одобрили обе палаты.';
    expect(make('decisions', [source(story)]).items.map(({ text }) => text)).toEqual(['Совет банка одобрили обе палаты.']);
    expect(make('decisions', [source('After the council agreed to the plan, work began at once.')]).items).toEqual([]);
  });

  test('a farewell and a promise are no decisions', () => {
    const talk = [
      'Анна: Что с анкетой и залом?',
      'Борис: Договорились, разошлю анкету на этой неделе.',
      "Виктор: Then let's book the hall for Friday.",
      "Анна: Then let's vote.",
      'Борис: I can ask.',
      'Анна: Тогда всем спасибо, до завтра!',
    ].join('\n');
    expect(make('tasks', [source(talk)]).items.map(({ text }) => text)).not.toContain('I can ask.');
    expect(make('decisions', [source(talk)]).items.map(({ text }) => text)).toEqual(["Then let's book the hall for Friday."]);
  });

  test('tasks say who and until when, and the reply that accepts one joins it', () => {
    const { items } = make('tasks', [source(meeting)]);
    expect(items.map(({ who, due }) => [who, due])).toEqual([
      ['Виктор', 'к четвергу'],
      ['Борис', 'завтра'],
      [null, null],
    ]);
    expect(items[0]?.citations.map(({ quote }) => quote)).toEqual([
      'Виктор, подготовь отчёт по ошибкам модуля оплаты.',
      'Хорошо, сделаю к четвергу.',
    ]);
  });

  test.each([
    ['Кто поговорит с юристами о договоре?', 'Я поговорю в пятницу.', 'Глеб', 'в пятницу'],
    ['Who can interview on Thursday?', 'I can do both interviews.', 'Глеб', null],
  ])('a promise that answers «кто?» is told with the question: %s', (question, promise, who, due) => {
    const talk = `Анна: ${question}\nГлеб: ${promise}\nАнна: Хорошо, спасибо.\nГлеб: Я позвоню завтра.`;
    const { items } = make('tasks', [source(talk)]);
    expect(items.map(item => [item.text, item.who, item.due])).toEqual([[`${question} — ${promise}`, who, due]]);
    expect(items[0]?.citations.map(({ quote }) => quote)).toEqual([question, promise]);
  });

  test('a promise without its thing is told with what was said before it, or not at all', () => {
    const talk = [
      'Анна: Билеты в музей почти раскупили.',
      'Борис: Я закажу завтра.',
      'Анна: Да?',
      'Борис: Я сделаю завтра.',
      'Анна: Хорошо, спасибо.',
    ].join('\n');
    expect(make('tasks', [source(talk)]).items.map(({ text }) => text)).toEqual(['Билеты в музей почти раскупили. — Я закажу завтра.']);
  });

  test.each([
    ['Анна', 'Берём Марата, утвердили.', 'Борис, отправь оффер до четверга.', 'Борис'],
    ['Anna', 'Hire Maria, approve her pay.', 'Boris, send the offer by Thursday.', 'Boris'],
  ])('a deed done to somebody names no person who is to do something: %s', (speaker, decided, given, who) => {
    const talk = `${speaker}: ${decided} ${given}\n${who}: Хорошо, ok.\n${speaker}: Всё, that is all for today.\n${who}: До связи, bye.`;
    expect(make('tasks', [source(talk)]).items.map(item => [item.text, item.who])).toEqual([[given, who]]);
  });

  test.each([
    ['Анна: Муки осталось на день.', 'Борис: Тогда предупрежу мельницу до выходных.', 'Борис'],
    ['Анна: Счёт пришёл.', 'Борис: Оплачу со своей карты.', 'Борис'],
    ['Anna: The bill is here.', 'Boris: okay, i’ll pay the bill tonight', 'Boris'],
    ['Anna: The tickets are in the box.', 'Boris: Somebody has to print the tickets by Monday.', null],
  ])('who takes it on: %s %s', (before, promise, who) => {
    const end = before.startsWith('Anna') ? 'Anna: Fine.\nBoris: Bye.' : 'Анна: Хорошо.\nБорис: До связи.';
    const { items } = make('tasks', [source(`${before}\n${promise}\n${end}`)]);
    expect(items.map(item => item.who)).toEqual([who]);
  });

  test.each(['Подскажите ваш новый адрес.', 'Если лампа погаснет, позвоните в сервис.', 'Олег подъедет в субботу.'])(
    'nobody is given: %s',
    text => {
      const talk = `Анна: Свет мигает.\nБорис: ${text}\nАнна: Хорошо.\nБорис: До связи.`;
      expect(make('tasks', [source(talk)]).items).toEqual([]);
    },
  );

  test('an imperative in «-ли» and a name that ends as a verb remain', () => {
    const talk = 'Анна: Артём, удали старый отчёт.\nАртём: Хорошо.\nАнна: Борис, пришли смету завтра.\nБорис: Ладно.';
    expect(make('tasks', [source(talk)]).items.map(({ who }) => who)).toEqual(['Артём', 'Борис']);
  });

  test('a promise with a bare day, and one that names its thing first', () => {
    const talk = [
      'Анна: Что с тестом и письмом?',
      'Борис: Тогда я повторю тест 17 ноября и пришлю отчёт.',
      'Глеб: Понял, письмо отправлю завтра до обеда.',
      'Анна: Потом отметим встречу завтра.',
      'Борис: Somebody should update the wiki page.',
    ].join('\n');
    expect(make('tasks', [source(talk)]).items.map(({ who, due }) => [who, due])).toEqual([
      ['Борис', '17 ноября'],
      ['Глеб', 'завтра до обеда'],
      [null, null],
    ]);
  });

  test('open questions are those left without an answer', () => {
    expect(make('questions', [source(meeting)]).items.map(({ text }) => text)).toEqual([
      'Анна: Кто будет отвечать за рекламный бюджет после ухода Ольги?',
      'Анна: Ещё мы пока не решили, где будем отмечать юбилей.',
    ]);
  });

  test('a chat message is cited by its id, and its author is who will do it', () => {
    const { items } = make('tasks', [
      chat([
        { speaker: 'Ира', text: 'Привет!' },
        { speaker: 'Олег', text: 'Привет, едем в субботу?' },
        { speaker: 'Ира', text: 'Да, я куплю билеты в музей к пятнице.' },
      ]),
    ]);
    expect(items).toMatchObject([{ who: 'Ира', due: 'к пятнице', citations: [{ messageId: someMessage }] }]);
  });

  test('lists under the headings of minutes are taken as they are', () => {
    const minutes =
      '# Minutes\n\nSales grew by 12% in spring, but returns also increased.\n\n# Decisions\n\n- Move the launch to September 14.\n\n# Action items\n\n- Ben to correct the size chart by March 10\n- Prepare a list of customers — Anna\n\n# Open questions\n\n- Who pays for the shipping?';
    expect(make('decisions', [source(minutes)]).items.map(({ text }) => text)).toEqual(['Move the launch to September 14.']);
    expect(make('tasks', [source(minutes)]).items.map(({ who, due }) => [who, due])).toEqual([
      ['Ben', 'by March 10'],
      ['Anna', null],
    ]);
    expect(make('questions', [source(minutes)]).items.map(({ text }) => text)).toEqual(['Who pays for the shipping?']);
  });

  test('a duty and the promise of it are one task; an order is given to whoever takes it on', () => {
    const talk = [
      'Рита: Насос в подвале снова шумит, соседи жалуются каждый вечер.',
      'Глеб: Фильтр я снял, но надо заменить прокладку. Сделаю до пятницы.',
      'Рита: И составь памятку, чтобы дворник мог сам.',
      'Глеб: Составлю.',
      'Рита: В объявлении ошибка: не третий подъезд, а пятый. Глеб, исправь сегодня.',
      'Рита: Решили: Глеб едет на склад в среду и забирает трубы.',
    ].join('\n');
    expect(make('tasks', [source(talk)]).items.map(({ text, who, due }) => [text, who, due])).toEqual([
      ['Фильтр я снял, но надо заменить прокладку. — Сделаю до пятницы.', 'Глеб', 'до пятницы'],
      ['Составь памятку, чтобы дворник мог сам.', 'Глеб', null],
      ['В объявлении ошибка: не третий подъезд, а пятый. — Глеб, исправь сегодня.', 'Глеб', 'сегодня'],
      ['Решили: Глеб едет на склад в среду и забирает трубы.', 'Глеб', 'в среду'],
    ]);
  });

  test.each([
    'Clara Vance decided to sell the mill, but it took her a year to find a buyer.',
    'Власти города решили снести старую мельницу, но денег на это не нашлось.',
    'The owners of the mill agreed that the wheel was beyond repair.',
  ])('what an article tells of others is no decision: %s', text => {
    expect(make('decisions', [source(`${text} The wheel stood still for nine winters.`)]).items).toEqual([]);
  });

  test.each(['The committee decided to sell the mill by auction.', 'На собрании решили продать мельницу с торгов.'])(
    'what minutes say is one: %s',
    text => {
      expect(make('decisions', [source(text)]).items).toHaveLength(1);
    },
  );

  test('a question that the next line answers is not open, whatever its answer ends with', () => {
    const talk = [
      'Рита: Глеб, что у тебя с крышей?',
      'Глеб: Листы положили, швы промазали, остался водосток. Жёлоб пока не привезли.',
      'Рита: Кто заплатит за новый жёлоб?',
      'Глеб: Пока непонятно.',
    ].join('\n');
    const texts = make('questions', [source(talk)]).items.map(({ text }) => text);
    expect(texts).toContain('Рита: Кто заплатит за новый жёлоб?');
    expect(texts.some(text => text.includes('с крышей'))).toBe(false);
  });

  test('a question that the text calls debated is open', () => {
    const text = 'Did the wheel stop for want of water, or for want of grain? The question is still debated.';
    expect(make('questions', [source(text)]).items.map(item => item.text)).toEqual([text]);
  });
});
