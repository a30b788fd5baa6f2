import type { Language } from '../../src/shared/domain/language.ts';
import { storeSource, type MaterialBlock, type StoredSource } from './memory-material.ts';

/** Material and words of the memory backend in one language; written for the tests, long enough to scroll. */
export interface MemoryTexts {
  readonly lecture: StoredSource;
  readonly minutes: StoredSource;
  readonly titles: {
    readonly lecture: string;
    readonly minutes: string;
    readonly page: string;
    readonly scan: string;
    readonly report: string;
  };
  readonly chats: readonly string[];
  readonly question: string;
  readonly answer: string;
  readonly answerQuotes: readonly [string, string];
  readonly second: string;
  readonly stopped: string;
  readonly summary: readonly string[];
  readonly theses: readonly string[];
  readonly approximate: string;
  readonly invented: string;
  readonly terms: readonly (readonly [term: string, passage: string])[];
  readonly timeline: readonly (readonly [when: string, date: string, passage: string])[];
  readonly tasks: readonly (readonly [who: string | null, due: string | null, passage: string])[];
  readonly decisions: readonly string[];
  readonly figures: readonly (readonly [figure: string, passage: string])[];
  readonly questions: readonly string[];
}

const h = (text: string, page: number, level = 2): MaterialBlock => ({ kind: 'heading', level, page, text });
const p = (text: string, page: number): MaterialBlock => ({ kind: 'paragraph', page, text });
const li = (text: string, page: number): MaterialBlock => ({ kind: 'list-item', page, text });
const said = (speaker: string, text: string): MaterialBlock => ({ kind: 'paragraph', speaker, text });

const ruLecture: MaterialBlock[] = [
  h('Лекция 4. Как города забирают и отдают воду', 1, 1),
  p(
    'Город, построенный у реки, живёт в долгу у неё. Вода, которую он забирает выше по течению, возвращается ниже по течению изменённой, и эта разница составляет главный предмет гидрологии города.',
    1,
  ),
  p(
    'В естественной долине до половины дождя впитывается в почву, около сорока процентов испаряется и лишь десятая часть стекает по поверхности. Асфальт переворачивает это соотношение.',
    1,
  ),
  h('Почему ливень стал опаснее', 2),
  p(
    'В плотной застройке по поверхности стекает до 55 % осадков, и пик паводка наступает в три раза быстрее, чем в долине с травой и лесом. Канализация, рассчитанная на ливень, который случается раз в десять лет, переполняется каждые два года.',
    2,
  ),
  p('Ливневый сток это вода, которая не успела впитаться и течёт по поверхности к водостокам, унося с собой всё, что лежало на улицах.', 2),
  p(
    'Первые двадцать минут ливня самые грязные: с мостовых смывается до 80 % нефтепродуктов, накопленных за сухую неделю. Поэтому очищать выгоднее первую порцию стока, а не весь объём.',
    3,
  ),
  h('Короткая история', 4),
  p(
    'В 1858 году в Лондоне случилось Великое зловоние, и парламент за восемнадцать дней утвердил проект Джозефа Базэлджета. В 1875 году главные коллекторы были достроены.',
    4,
  ),
  p('В 1898 году в Москве заработала первая очередь городской канализации, рассчитанная на 70 тысяч вёдер в сутки.', 5),
  p(
    'В 1972 году Роттердам впервые построил площадь, которая в ливень становится водоёмом. С тех пор подход, при котором город учится удерживать воду, а не прогонять её, распространился по всему миру.',
    5,
  ),
  h('Город-губка', 6),
  p(
    'Город-губка это подход, при котором вода задерживается там, где выпала: в газонах, под мостовыми, на крышах и в прудах. Труба остаётся последним средством, а не первым.',
    6,
  ),
  p(
    'Дождевой сад это понижение с рыхлой почвой и влаголюбивыми растениями, куда отводят воду с крыши или двора. Сад площадью в пять процентов от водосбора задерживает до 90 % обычных дождей.',
    6,
  ),
  li('Проницаемая мостовая пропускает воду через швы и запасает её в щебне.', 7),
  li('Зелёная крыша задерживает от 40 до 70 % годовых осадков и охлаждает дом летом.', 7),
  li('Пруд-накопитель срезает пик паводка и отдаёт воду медленно.', 7),
  p(
    'Стоимость удержания одного кубометра воды в саду в четыре раза ниже, чем в подземном резервуаре, если считать на сорок лет вперёд. Но сад требует земли, а земля в центре города дороже трубы.',
    8,
  ),
  h('Чего мы пока не знаем', 9),
  p(
    'Неясно, как долго дождевые сады сохраняют проницаемость в городах с песком и реагентами на дорогах: измерений старше двенадцати лет почти нет.',
    9,
  ),
  p('Открытым остаётся вопрос, кто должен платить за удержание воды: владелец крыши, управа или водоканал.', 9),
  ...Array.from({ length: 46 }, (_, at): MaterialBlock =>
    p(
      `Приложение, запись ${at + 1}. Измерения на участке ${at + 1} проводились с апреля по октябрь; пропущенные дни отмечены прочерком, приборы сверялись раз в две недели. Расход воды указан в литрах в секунду на гектар водосбора, осадки в миллиметрах за час.`,
      10 + Math.floor(at / 4),
    ),
  ),
];

const ruMinutes: MaterialBlock[] = [
  { kind: 'heading', level: 1, text: 'Совещание по дворам Заречного района' },
  said('Ирина Сергеевна', 'Решили начать с трёх дворов на улице Плеханова: там подтапливает каждое лето, и жители согласны.'),
  said('Павел', 'Я подготовлю смету на дождевой сад к 14 марта, включая почву и растения.'),
  said('Марина', 'Нужно до конца апреля получить согласие водоканала на отключение двух водостоков.'),
  said('Ирина Сергеевна', 'Решили не строить подземный резервуар в этом году: на него нет ни денег, ни места.'),
  said('Павел', 'Кто будет ухаживать за садом после третьего года, пока не договорились.'),
];

export const ruTexts: MemoryTexts = {
  lecture: storeSource(ruLecture),
  minutes: storeSource(ruMinutes),
  titles: {
    lecture: 'Лекция 4. Вода в городе.pdf',
    minutes: 'Совещание 3 марта.docx',
    page: 'Площади, которые становятся прудами',
    scan: 'Скан договора.pdf',
    report: 'Отчёт о паводках за 1990–2024 годы.pdf',
  },
  chats: [
    'Вода в городе: лекция и дворы',
    'Договор аренды мастерской',
    'Статьи о памяти и сне',
    'План поездки в Карелию',
    'Заметки к выступлению',
    'Переписка с издательством о втором издании учебника',
    'Разбор отчёта за квартал',
  ],
  question: 'Почему короткие ливни стали опаснее и что дешевле: труба или сад?',
  answer:
    'Асфальт не даёт воде впитаться: «В плотной застройке по поверхности стекает до 55 % осадков, и пик паводка наступает в три раза быстрее, чем в долине с травой и лесом.» [1]\n\nПро стоимость в лекции сказано прямо:\n\n> Стоимость удержания одного кубометра воды в саду в четыре раза ниже, чем в подземном резервуаре, если считать на сорок лет вперёд. [2]\n\nНо саду нужна земля, и в центре города она дороже трубы.',
  answerQuotes: [
    'В плотной застройке по поверхности стекает до 55 % осадков, и пик паводка наступает в три раза быстрее, чем в долине с травой и лесом.',
    'Стоимость удержания одного кубометра воды в саду в четыре раза ниже, чем в подземном резервуаре, если считать на сорок лет вперёд.',
  ],
  second: 'А что решили на совещании?',
  stopped: 'На совещании решили начать с трёх дворов на улице Плеханова и',
  summary: [
    'Вода, которую он забирает выше по течению, возвращается ниже по течению изменённой, и эта разница составляет главный предмет гидрологии города.',
    'В плотной застройке по поверхности стекает до 55 % осадков, и пик паводка наступает в три раза быстрее, чем в долине с травой и лесом.',
    'Город-губка это подход, при котором вода задерживается там, где выпала: в газонах, под мостовыми, на крышах и в прудах.',
  ],
  theses: [
    'Канализация, рассчитанная на ливень, который случается раз в десять лет, переполняется каждые два года.',
    'Поэтому очищать выгоднее первую порцию стока, а не весь объём.',
    'Сад площадью в пять процентов от водосбора задерживает до 90 % обычных дождей.',
    'Стоимость удержания одного кубометра воды в саду в четыре раза ниже, чем в подземном резервуаре, если считать на сорок лет вперёд.',
  ],
  approximate: 'Но сад требует земли, а земля в центре города дороже трубы.',
  invented: 'Все европейские столицы уже отказались от подземных резервуаров.',
  terms: [
    [
      'Ливневый сток',
      'Ливневый сток это вода, которая не успела впитаться и течёт по поверхности к водостокам, унося с собой всё, что лежало на улицах.',
    ],
    [
      'Город-губка',
      'Город-губка это подход, при котором вода задерживается там, где выпала: в газонах, под мостовыми, на крышах и в прудах.',
    ],
    ['Дождевой сад', 'Дождевой сад это понижение с рыхлой почвой и влаголюбивыми растениями, куда отводят воду с крыши или двора.'],
  ],
  timeline: [
    [
      '1858 год',
      '1858',
      'В 1858 году в Лондоне случилось Великое зловоние, и парламент за восемнадцать дней утвердил проект Джозефа Базэлджета.',
    ],
    ['1875 год', '1875', 'В 1875 году главные коллекторы были достроены.'],
    ['1898 год', '1898', 'В 1898 году в Москве заработала первая очередь городской канализации, рассчитанная на 70 тысяч вёдер в сутки.'],
    ['1972 год', '1972', 'В 1972 году Роттердам впервые построил площадь, которая в ливень становится водоёмом.'],
  ],
  tasks: [
    ['Павел', '14 марта', 'Я подготовлю смету на дождевой сад к 14 марта, включая почву и растения.'],
    [null, 'конец апреля', 'Нужно до конца апреля получить согласие водоканала на отключение двух водостоков.'],
  ],
  decisions: [
    'Решили начать с трёх дворов на улице Плеханова: там подтапливает каждое лето, и жители согласны.',
    'Решили не строить подземный резервуар в этом году: на него нет ни денег, ни места.',
  ],
  figures: [
    [
      'до 55 %',
      'В плотной застройке по поверхности стекает до 55 % осадков, и пик паводка наступает в три раза быстрее, чем в долине с травой и лесом.',
    ],
    ['80 %', 'Первые двадцать минут ливня самые грязные: с мостовых смывается до 80 % нефтепродуктов, накопленных за сухую неделю.'],
    ['40–70 %', 'Зелёная крыша задерживает от 40 до 70 % годовых осадков и охлаждает дом летом.'],
    ['70 тысяч вёдер', 'В 1898 году в Москве заработала первая очередь городской канализации, рассчитанная на 70 тысяч вёдер в сутки.'],
  ],
  questions: [
    'Неясно, как долго дождевые сады сохраняют проницаемость в городах с песком и реагентами на дорогах: измерений старше двенадцати лет почти нет.',
    'Открытым остаётся вопрос, кто должен платить за удержание воды: владелец крыши, управа или водоканал.',
  ],
};

const enLecture: MaterialBlock[] = [
  h('Lecture 4. How cities take water and give it back', 1, 1),
  p(
    'A city built by a river lives in its debt. The water it takes upstream comes back changed downstream, and that difference is the main subject of urban hydrology.',
    1,
  ),
  p(
    'In a natural valley up to half of the rain soaks into the soil, about forty percent evaporates, and only a tenth runs off. Asphalt turns the proportion over.',
    1,
  ),
  h('Why a downpour became more dangerous', 2),
  p(
    'In dense quarters up to 55% of rainfall runs off, and the flood peaks three times sooner than in a valley of grass and forest. Sewers sized for a storm that comes once in ten years overflow every second year.',
    2,
  ),
  p(
    'Stormwater runoff is water that had no time to soak in and flows over the surface to the drains, taking along whatever lay on the streets.',
    2,
  ),
  p(
    'The first twenty minutes of a storm are the dirtiest: up to 80% of the oil gathered during a dry week is washed off the pavement. It pays to clean the first portion and not the whole volume.',
    3,
  ),
  h('A short history', 4),
  p(
    'In 1858 London had its Great Stink, and Parliament approved the plan of Joseph Bazalgette within eighteen days. In 1875 the main sewers were complete.',
    4,
  ),
  p(
    'In 1972 Rotterdam first built a square that becomes a pond in heavy rain. Since then the idea that a city should hold water and not chase it away has spread around the world.',
    5,
  ),
  h('The sponge city', 6),
  p(
    'A sponge city is one that keeps water where it falls: in lawns, under pavements, on roofs and in ponds. The pipe is the last resort and not the first.',
    6,
  ),
  p(
    'A rain garden is a hollow with loose soil and moisture-loving plants that takes the water of a roof or a yard. A garden of five percent of its catchment keeps up to 90% of ordinary rains.',
    6,
  ),
  li('Permeable paving lets water through its joints and stores it in gravel.', 7),
  li('A green roof keeps 40 to 70% of the yearly rainfall and cools the house in summer.', 7),
  p(
    'Holding a cubic metre of water in a garden costs four times less than in an underground tank, counted over forty years. But a garden needs land, and land in the centre costs more than a pipe.',
    8,
  ),
  h('What we do not know yet', 9),
  p(
    'It is unclear how long rain gardens stay permeable in cities with sand and salt on the roads: there are almost no measurements older than twelve years.',
    9,
  ),
  p('It remains open who should pay for holding water: the owner of the roof, the council or the utility.', 9),
  ...Array.from({ length: 46 }, (_, at): MaterialBlock =>
    p(
      `Appendix, entry ${at + 1}. Plot ${at + 1} was measured from April to October; missing days carry a dash, and instruments were compared every two weeks. Flow is given in litres per second and hectare of the catchment, rain in millimetres per hour.`,
      10 + Math.floor(at / 4),
    ),
  ),
];

const enMinutes: MaterialBlock[] = [
  { kind: 'heading', level: 1, text: 'Meeting on the yards of Riverside' },
  said('Irene', 'We decided to begin with three yards in Mill Street: they flood every summer, and the residents agree.'),
  said('Paul', 'I will prepare the estimate for the rain garden by 14 March, soil and plants included.'),
  said('Marina', 'We need the consent of the utility to close two drains before the end of April.'),
  said('Irene', 'We decided against an underground tank this year: there is neither money nor room for it.'),
];

export const enTexts: MemoryTexts = {
  lecture: storeSource(enLecture),
  minutes: storeSource(enMinutes),
  titles: {
    lecture: 'Lecture 4. Water in the city.pdf',
    minutes: 'Meeting of 3 March.docx',
    page: 'Squares that become ponds',
    scan: 'Scan of the contract.pdf',
    report: 'Report on floods 1990–2024.pdf',
  },
  chats: [
    'Water in the city: lecture and yards',
    'Lease of the workshop',
    'Papers on memory and sleep',
    'A week in Karelia',
    'Notes for the talk',
    'Letters with the publisher about the second edition of the textbook',
    'Reading the quarterly report',
  ],
  question: 'Why have short storms become more dangerous, and which is cheaper: a pipe or a garden?',
  answer:
    'Asphalt keeps water from soaking in: “In dense quarters up to 55% of rainfall runs off, and the flood peaks three times sooner than in a valley of grass and forest.” [1]\n\nThe lecture is plain about the cost:\n\n> Holding a cubic metre of water in a garden costs four times less than in an underground tank, counted over forty years. [2]\n\nBut a garden needs land, and in the centre land costs more than a pipe.',
  answerQuotes: [
    'In dense quarters up to 55% of rainfall runs off, and the flood peaks three times sooner than in a valley of grass and forest.',
    'Holding a cubic metre of water in a garden costs four times less than in an underground tank, counted over forty years.',
  ],
  second: 'And what did the meeting decide?',
  stopped: 'The meeting decided to begin with three yards in Mill Street and',
  summary: [
    'The water it takes upstream comes back changed downstream, and that difference is the main subject of urban hydrology.',
    'In dense quarters up to 55% of rainfall runs off, and the flood peaks three times sooner than in a valley of grass and forest.',
    'A sponge city is one that keeps water where it falls: in lawns, under pavements, on roofs and in ponds.',
  ],
  theses: [
    'Sewers sized for a storm that comes once in ten years overflow every second year.',
    'It pays to clean the first portion and not the whole volume.',
    'A garden of five percent of its catchment keeps up to 90% of ordinary rains.',
    'Holding a cubic metre of water in a garden costs four times less than in an underground tank, counted over forty years.',
  ],
  approximate: 'But a garden needs land, and land in the centre costs more than a pipe.',
  invented: 'All European capitals have already given up underground tanks.',
  terms: [
    [
      'Stormwater runoff',
      'Stormwater runoff is water that had no time to soak in and flows over the surface to the drains, taking along whatever lay on the streets.',
    ],
    ['Sponge city', 'A sponge city is one that keeps water where it falls: in lawns, under pavements, on roofs and in ponds.'],
    ['Rain garden', 'A rain garden is a hollow with loose soil and moisture-loving plants that takes the water of a roof or a yard.'],
  ],
  timeline: [
    ['1858', '1858', 'In 1858 London had its Great Stink, and Parliament approved the plan of Joseph Bazalgette within eighteen days.'],
    ['1875', '1875', 'In 1875 the main sewers were complete.'],
    ['1972', '1972', 'In 1972 Rotterdam first built a square that becomes a pond in heavy rain.'],
  ],
  tasks: [
    ['Paul', '14 March', 'I will prepare the estimate for the rain garden by 14 March, soil and plants included.'],
    [null, 'end of April', 'We need the consent of the utility to close two drains before the end of April.'],
  ],
  decisions: [
    'We decided to begin with three yards in Mill Street: they flood every summer, and the residents agree.',
    'We decided against an underground tank this year: there is neither money nor room for it.',
  ],
  figures: [
    [
      'up to 55%',
      'In dense quarters up to 55% of rainfall runs off, and the flood peaks three times sooner than in a valley of grass and forest.',
    ],
    [
      '80%',
      'The first twenty minutes of a storm are the dirtiest: up to 80% of the oil gathered during a dry week is washed off the pavement.',
    ],
    ['40–70%', 'A green roof keeps 40 to 70% of the yearly rainfall and cools the house in summer.'],
  ],
  questions: [
    'It is unclear how long rain gardens stay permeable in cities with sand and salt on the roads: there are almost no measurements older than twelve years.',
    'It remains open who should pay for holding water: the owner of the roof, the council or the utility.',
  ],
};

export const memoryTexts: Readonly<Record<Language, MemoryTexts>> = { ru: ruTexts, en: enTexts };
