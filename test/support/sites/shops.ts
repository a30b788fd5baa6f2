import type { Site } from './local-sites.ts';

/** What one shop asks for its goods, in kopecks. */
export interface Goods {
  readonly name: string;
  readonly price: number;
}

const rouble = (kopecks: number): string => `${(kopecks / 100).toLocaleString('ru-RU', { minimumFractionDigits: 2 })} ₽`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="ru"><meta charset="utf-8"><title>${title}</title><style>body{font:16px sans-serif;margin:2em}li{margin:.4em 0}</style><body>${body}`;

/** A shop with a list of goods, a search, a basket behind a form that is posted, and a way to another page of the list. */
export function shop(title: string, goods: readonly Goods[]): Site {
  const orders: string[] = [];
  const half = Math.ceil(goods.length / 2);
  const list = (shown: readonly Goods[]): string =>
    `<ul class="goods">${shown.map(({ name, price }) => `<li class="item"><a class="name" href="/item?name=${encodeURIComponent(name)}">${name}</a> <span class="price">${rouble(price)}</span></li>`).join('')}</ul>`;
  return {
    orders,
    answer(url, body) {
      const query = url.searchParams;
      if (url.pathname === '/')
        return page(
          title,
          `<h1>${title}</h1><form action="/search"><label>Поиск <input name="q"></label><button>Найти</button></form>${list(goods.slice(0, half))}<a href="/more">Следующая страница</a>`,
        );
      if (url.pathname === '/more') return page(`${title}, ещё`, `<h1>${title}</h1>${list(goods.slice(half))}`);
      if (url.pathname === '/search') {
        const wanted = (query.get('q') ?? '').toLowerCase();
        return page(`${title}: поиск`, `<h1>Нашлось</h1>${list(goods.filter(({ name }) => name.toLowerCase().includes(wanted)))}`);
      }
      if (url.pathname === '/item') {
        const item = goods.find(({ name }) => name === query.get('name'));
        return item === undefined
          ? null
          : page(
              item.name,
              `<h1>${item.name}</h1><p class="price">${rouble(item.price)}</p><form action="/order" method="post"><input type="hidden" name="item" value="${item.name}"><label>Телефон <input name="phone"></label><button>Купить</button></form>`,
            );
      }
      if (url.pathname === '/order' && body !== null) {
        orders.push(decodeURIComponent(body.replaceAll('+', ' ')));
        return page('Заказ принят', '<h1>Заказ принят</h1>');
      }
      return null;
    },
  };
}

/** Three shops that sell the same tea at three prices. */
export const teaShops: Readonly<Record<string, readonly Goods[]>> = {
  'Чайная лавка': [
    { name: 'Чай «Северный», 100 г', price: 34_900 },
    { name: 'Кофе «Утро», 250 г', price: 89_000 },
    { name: 'Мёд липовый, 500 г', price: 51_000 },
  ],
  'Бакалея №1': [
    { name: 'Сахар, 1 кг', price: 8_990 },
    { name: 'Чай «Северный», 100 г', price: 31_950 },
    { name: 'Соль, 1 кг', price: 2_500 },
  ],
  'Склад чая': [
    { name: 'Чай «Южный», 100 г', price: 29_900 },
    { name: 'Чай «Северный», 100 г', price: 36_000 },
    { name: 'Печенье, 300 г', price: 15_000 },
  ],
};
