import type { BrowserAction, BrowserTraceEntry, Recipe } from '../../src/shared/domain/browser.ts';
import { sha256Hex, type SessionId } from '../../src/shared/domain/ids.ts';
import type { Language } from '../../src/shared/domain/language.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import type { createMemoryBackend } from './memory-backend.ts';

type Backend = ReturnType<typeof createMemoryBackend>;

const texts = {
  ru: {
    task: 'Найди и сравни цены на зелёный чай «Утро» в трёх магазинах',
    recipe: 'Цены на чай в трёх магазинах',
    query: 'чай утро',
    why: {
      open: 'Начинаю с первого магазина.',
      type: 'Ищу по названию.',
      click: 'Так открываются результаты.',
      extract: 'На странице список с ценами.',
      stale: 'Хочу открыть карточку товара.',
      order: 'Нужно узнать цену с доставкой.',
    },
    search: 'Поиск по магазину',
    find: 'Найти',
    order: 'Оформить заказ',
    title: 'Чайная лавка: зелёный чай',
    stale: 'Страница обновилась, пока выбирался элемент.',
    columns: ['Товар', 'Магазин', 'Цена, ₽', 'Ссылка'],
    goods: ['Чай «Утро», 100 г', 'Чай «Утро» в пакетиках, 25 шт.', 'Чай «Утро» с жасмином, 100 г'],
    shops: ['Чайная лавка', 'Кружка', 'Сенча'],
    steps: ['Открыть каждый магазин', 'Найти чай «Утро»', 'Собрать цены в одну таблицу'],
    ask: 'Нажать кнопку «Оформить заказ»',
    fields: { имя: 'Анна', доставка: 'до двери', карта: 'секрет «карта»' },
    plan: 'Открыть сайты трёх магазинов',
    param: 'товар',
  },
  en: {
    task: 'Find and compare the prices of the green tea “Morning” in three shops',
    recipe: 'Prices of tea in three shops',
    query: 'morning tea',
    why: {
      open: 'I begin with the first shop.',
      type: 'I search by the name.',
      click: 'This opens the results.',
      extract: 'The page has a list with prices.',
      stale: 'I want to open the card of the product.',
      order: 'The price with delivery is needed.',
    },
    search: 'Search the shop',
    find: 'Search',
    order: 'Place the order',
    title: 'The Tea Stall: green tea',
    stale: 'The page was renewed while the element was chosen.',
    columns: ['Product', 'Shop', 'Price, €', 'Link'],
    goods: ['Tea “Morning”, 100 g', 'Tea “Morning” in bags, 25 pcs', 'Tea “Morning” with jasmine, 100 g'],
    shops: ['The Tea Stall', 'Mug', 'Sencha'],
    steps: ['Open each of the shops', 'Find the tea “Morning”', 'Collect the prices in one table'],
    ask: 'Click the button “Place the order”',
    fields: { name: 'Ann', delivery: 'to the door', card: 'the secret “card”' },
    plan: 'Open the sites of three shops',
    param: 'product',
  },
} as const satisfies Record<Language, unknown>;

const sites = ['tea.example', 'mug.example', 'sencha.example'];
/** All pictures of the host in memory are one. */
const picture = sha256Hex.parse('ab'.repeat(32));

/** Browser tasks in the states that a person meets them in. */
export function createBrowserScenes(backend: Backend, sessionId: SessionId, language: Language) {
  const words = texts[language];
  const waiting = { state: 'waiting', wait: { untilMs: null, ends: 'resume', limit: null } } as const;

  function entry(step: string, action: BrowserAction, why: string, patch: Partial<BrowserTraceEntry> = {}): BrowserTraceEntry {
    return {
      step,
      action,
      why,
      url: 'https://tea.example/green?q=morning',
      title: words.title,
      outcome: 'done',
      told: '',
      screenshot: picture,
      atMs: backend.now(),
      ...patch,
    };
  }
  const field = { by: 'role', role: 'searchbox', name: words.search, nth: 0 } as const;
  const orderButton = { by: 'role', role: 'button', name: words.order, nth: 0 } as const;
  const steps: readonly BrowserTraceEntry[] = [
    entry('page:1', { do: 'open', url: 'https://tea.example/' }, words.why.open),
    entry('read:2', { do: 'snapshot', whole: false }, '', { screenshot: null }),
    entry('page:3', { do: 'type', target: field, value: { text: words.query } }, words.why.type),
    entry('act:4', { do: 'click', target: { by: 'role', role: 'button', name: words.find, nth: 0 } }, words.why.click),
    entry('act:5', { do: 'click', target: { by: 'ref', ref: 'e41' } }, words.why.stale, { outcome: 'stale_ref', told: words.stale }),
    entry(
      'read:6',
      {
        do: 'extract',
        schema: { rows: '.goods li', fields: words.columns.map(name => ({ name, css: '.name', take: 'text' })), limit: 1_000 },
      },
      words.why.extract,
    ),
  ];
  const asked = entry('act:7', { do: 'click', target: orderButton }, words.why.order, { outcome: null });
  const recipe: Recipe = {
    name: words.recipe,
    sites,
    params: [{ name: words.param, default: words.query }],
    steps: [
      ...steps.filter(({ action }) => action.do !== 'snapshot').map(({ action, why }) => ({ action, why })),
      { action: { do: 'assert', that: { text: `{{${words.param}}}` } }, why: '' },
    ],
  };

  /** A task with a part of its steps; `at` says how it stands. */
  function put(job: Partial<JobView>, trace: readonly BrowserTraceEntry[], holder: 'task' | 'person' | 'nobody'): JobView {
    const at = backend.now();
    const made = backend.newJob('browser.run', sessionId, words.task, { startedAtMs: at - 95_000, lastNewsAtMs: Date.now(), ...job });
    backend.browser.put({
      jobId: made.id,
      holder,
      isPaused: false,
      sites,
      tabs:
        holder === 'nobody'
          ? []
          : [
              { index: 0, title: words.title, url: 'https://tea.example/green?q=morning', isShown: true },
              { index: 1, title: words.shops[1], url: 'https://mug.example/', isShown: false },
            ],
      trace: [...trace],
    });
    return backend.putJob(made);
  }

  function putResult(job: JobView): void {
    backend.browser.putTables(
      job.id,
      [
        {
          step: 'read:6',
          url: 'https://tea.example/green?q=morning',
          title: words.title,
          columns: [...words.columns],
          rows: words.shops.flatMap((shop, at) =>
            words.goods.map((goods, which) => ({
              [words.columns[0]]: goods,
              [words.columns[1]]: shop,
              [words.columns[2]]: at === 2 && which === 1 ? null : 249.9 + at * 31 + which * 120,
              [words.columns[3]]: `https://${sites[at] ?? ''}/goods/${which + 1}`,
            })),
          ),
        },
      ],
      [{ name: 'price-list.pdf', path: '/data/quarantine/price-list.pdf', byteCount: 182_400 }],
    );
  }

  return {
    recipe,
    atWork: () => put({ state: 'running' }, [...steps, { ...asked, action: { do: 'scroll', to: 'down' } }], 'task'),
    ended(): JobView {
      const at = backend.now();
      const job = put({ state: 'done', outcome: 'ok', finishedAtMs: at, stepsDone: 6 }, steps, 'nobody');
      putResult(job);
      return job;
    },
    plan(): JobView {
      const job = put({ ...waiting, waitReason: 'approval' }, [], 'nobody');
      backend.approvals.ask(job, {
        tool: 'browser_plan',
        title: words.plan,
        destination: null,
        payload: JSON.stringify({ sites, steps: words.steps }),
      });
      return job;
    },
    approval(): JobView {
      const job = put({ ...waiting, waitReason: 'approval' }, [...steps, asked], 'nobody');
      backend.approvals.ask(job, {
        tool: 'browser_click',
        title: words.ask,
        destination: 'https://tea.example/orders/new',
        payload: JSON.stringify(words.fields),
      });
      return job;
    },
    undecided(): JobView {
      const job = put({ ...waiting, waitReason: 'answer', undecided: 1 }, [...steps, asked], 'nobody');
      backend.inspections.set(job.id, {
        undecided: [{ seq: 7, name: 'act:7', what: 'effect', sinceMs: backend.now() - 40_000, decisions: ['done', 'repeat', 'drop'] }],
      });
      return job;
    },
    /** A task of a saved recipe whose check did not hold. */
    stopped(): JobView {
      const { id } = backend.browser.handlers['browser.saveRecipe']({ requestKey: 'stopped', id: null, recipe });
      const check = entry('tool:3.0', { do: 'assert', that: { text: words.goods[0] } }, '', {
        outcome: 'assertion_failed',
        screenshot: null,
      });
      const job = put(
        { state: 'failed', finishedAtMs: backend.now(), error: { code: 'recipe_failed', message: '' } },
        [entry('tool:1.0', { do: 'open', url: 'https://tea.example/' }, words.why.open), check],
        'nobody',
      );
      backend.browser.put({ ...backend.browser.viewOf(job.id), recipeId: id });
      return job;
    },
    crashed: () =>
      put(
        { state: 'failed', finishedAtMs: backend.now(), error: { code: 'time_limit', message: '' } },
        [...steps, { ...asked, outcome: 'page_hung' }],
        'nobody',
      ),
  };
}
