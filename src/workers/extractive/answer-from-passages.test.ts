import { describe, expect, test } from 'vitest';
import { documentId, sha256Hex } from '../../shared/domain/ids.ts';
import { citation } from '../../shared/domain/synopsis.ts';
import { answerFromPassages, type Passage } from './answer-from-passages.ts';

const text = [
  'Тепловой насос — это устройство, которое переносит тепло из холодной среды в тёплую. Хладагент испаряется при низкой температуре.',
  'Воздушный насос для дома обойдётся примерно в 700 тысяч рублей. Грунтовый потребует бурения скважин и стоит от 1,5 млн рублей.',
  'Первый такой насос построил Петер фон Риттингер в 1856 году. Он работал на солеварне в Австрии.',
].join('\n');

const passages: Passage[] = [...text.matchAll(/[^\n]+/gu)].map(match => ({
  source: { kind: 'document', documentId: documentId.parse('01890a5d-ac96-774b-bcce-b302099a8057') },
  title: 'Насосы',
  snapshotHash: sha256Hex.parse('a'.repeat(64)),
  start: match.index,
  end: match.index + match[0].length,
  page: null,
  text: match[0],
  prefix: text.slice(Math.max(0, match.index - 64), match.index),
  suffix: text.slice(match.index + match[0].length).slice(0, 64),
  score: -1,
}));

describe('answerFromPassages', () => {
  test.each([
    ['Что такое тепловой насос?', 'переносит тепло'],
    ['Сколько стоит воздушный насос?', '700 тысяч'],
    ['В каком году построили первый насос?', '1856'],
    ['Кто построил первый насос?', 'Риттингер'],
  ])('%s', (question, words) => {
    const answer = answerFromPassages(question, passages);
    expect(answer?.citations[0]?.quote).toContain(words);
  });

  test('quotes verbatim at offsets of the source, a marker for each citation', () => {
    const answer = answerFromPassages('Сколько стоит грунтовый насос?', passages);
    expect(answer).not.toBeNull();
    answer?.citations.forEach((cited, index) => {
      expect(citation.parse(cited)).toEqual(cited);
      expect(text.slice(cited.start ?? 0, cited.end ?? 0)).toBe(cited.quote);
      expect(text.slice(0, cited.start ?? 0).endsWith(cited.prefix)).toBe(true);
      expect(text.slice(cited.end ?? 0).startsWith(cited.suffix)).toBe(true);
      expect(answer.text).toContain(`[${index + 1}]`);
    });
  });

  test.each(['Как приготовить борщ?', 'Что?', 'Кто такой Наполеон Бонапарт?', 'What is the capital of France?'])(
    'nothing is pretended: %s',
    question => {
      expect(answerFromPassages(question, passages)).toBeNull();
    },
  );

  const passagesOf = (...lines: string[]): Passage[] =>
    lines.flatMap(said =>
      passages.slice(0, 1).map(first => ({ ...first, text: said, start: 0, end: said.length, prefix: '', suffix: '' })),
    );

  test('a question asked with another form of the word, for a date', () => {
    const found = passagesOf(
      'Анна: Давайте начнём с релиза 2.4. Мы обещали клиентам 1 декабря.',
      'Анна: Решили: релиз 2.4 переносим на 8 декабря, клиентам пишет Глеб.',
    );
    expect(answerFromPassages('На какую дату перенесли релиз 2.4?', found)?.citations[0]?.quote).toContain('8 декабря');
  });

  const dough = [
    'At 24 °C the dough needs 5 hours to rise. Over-proofed dough collapses in the oven.',
    'Bulk fermentation is the first rise of the dough after mixing. Bake the loaf at 250 °C with steam.',
  ];
  test.each([
    ['What hydration should the dough have?', null],
    ['Какова влажность теста?', null],
    ['At what temperature should I bake the loaf?', '250 °C'],
    ['What does over-proofed dough do?', 'collapses'],
  ])('what the found sentences do not speak of is not found: %s', (question, words) => {
    const quotes = answerFromPassages(question, passagesOf(...dough))?.citations.map(({ quote }) => quote);
    if (words === null) expect(quotes).toBeUndefined();
    else expect(quotes?.join(' ')).toContain(words);
  });

  test('a verb may be another one', () => {
    const found = passagesOf('Морской хронометр построил Джон Гаррисон, плотник из Йоркшира.');
    expect(answerFromPassages('Кто изобрёл хронометр?', found)?.citations[0]?.quote).toContain('Гаррисон');
  });

  test('a heading that repeats the question is no answer', () => {
    const [first] = passages;
    if (first === undefined) throw new Error('The fixture has passages.');
    const said = 'Почему шумит тепловой насос';
    expect(
      answerFromPassages('Почему шумит тепловой насос?', [{ ...first, text: said, start: 0, end: said.length, prefix: '', suffix: '' }]),
    ).toBeNull();
  });

  test('signs of the source are no Markdown', () => {
    const [first] = passages;
    if (first === undefined) throw new Error('The fixture has passages.');
    const said = 'Насос *дорогой* [1] и <b>шумный</b> зимой.';
    const answer = answerFromPassages('Насос шумный зимой?', [
      { ...first, text: said, start: 0, end: said.length, prefix: '', suffix: '' },
    ]);
    expect(answer?.text).toContain(String.raw`\*дорогой\* \[1\] и \<b\>`);
  });

  test('a heading above the paragraph is neither quoted nor glued to it', () => {
    const [first] = passages;
    if (first === undefined) throw new Error('The fixture has passages.');
    const said = 'Кривая забывания\n\nКривая забывания — это зависимость сохранённого от времени. Её построил Эббингауз.';
    const answer = answerFromPassages('Что такое кривая забывания?', [
      { ...first, text: said, start: 0, end: said.length, prefix: '', suffix: '' },
    ]);
    expect(answer?.citations[0]?.quote).toBe('Кривая забывания — это зависимость сохранённого от времени.');
  });

  test('a question whose verb takes another form is answered by what it asks about', () => {
    const [first] = passages;
    if (first === undefined) throw new Error('The fixture has passages.');
    const said = 'Илья: Я подготовлю карточки по первым пяти темам до пятницы.';
    const answer = answerFromPassages('Кто делает карточки?', [
      { ...first, text: said, start: 0, end: said.length, prefix: '', suffix: '' },
    ]);
    expect(answer?.citations[0]?.quote).toContain('карточки по первым пяти темам');
  });
});

describe('a question asked with another word of the family', () => {
  const passagesOf = (paragraphs: readonly string[]): Passage[] => {
    const [first] = passages;
    if (first === undefined) return [];
    let start = 0;
    return paragraphs.map(text => {
      const passage = { ...first, start, end: start + text.length, text, prefix: '', suffix: '' };
      start = passage.end + 1;
      return passage;
    });
  };

  test.each([
    [
      'Сколько стоило строительство дороги Петербург — Москва?',
      [
        '1 февраля 1842 года император подписал указ о строительстве линии Петербург — Москва. Руководили работами инженеры Мельников и Крафт.',
        'На строительстве дороги работало до 50 тысяч человек. Стоимость строительства достигла 64,6 миллиона рублей, вдвое больше сметы.',
        'Билет третьего класса стоил 7 рублей, что равнялось месячному заработку подёнщика.',
      ],
      '64,6 миллиона рублей',
    ],
    [
      'How much did the construction of the Moscow railway cost?',
      [
        'In 1842 the emperor signed the decree on the construction of the Moscow railway. Two engineers led the work.',
        'Up to 50 thousand people worked on it. The price of construction reached 64.6 million dollars, twice the estimate.',
      ],
      '64.6 million',
    ],
  ])('%s', (question, paragraphs, sum) => {
    const quotes = answerFromPassages(question, passagesOf(paragraphs))?.citations.map(({ quote }) => quote) ?? [];
    expect(quotes.some(quote => quote.includes(sum))).toBe(true);
  });
});
