import type { ActionRisk } from '../../shared/domain/browser.ts';

/** Words by which pages name what cannot be taken back, Russian and English; `*` stands for any ending. */
const words: readonly (readonly [risk: ActionRisk, names: readonly string[]])[] = [
  [
    'pay',
    ['купить', 'оплат*', 'заказать', 'оформить заказ', 'оформить подписку', 'внести', 'перевести', 'забронировать'].concat([
      'pay',
      'buy',
      'purchase',
      'place order',
      'order now',
      'checkout',
      'subscribe',
      'donate',
      'transfer',
      'book now',
    ]),
  ],
  [
    'delete',
    ['удалить', 'стереть', 'очистить', 'отменить заказ', 'закрыть счет', 'отписаться'].concat([
      'delete',
      'remove',
      'erase',
      'cancel order',
      'close account',
      'unsubscribe',
    ]),
  ],
  [
    'send',
    ['отправ*', 'опубликовать', 'поделиться', 'написать', 'ответить', 'пригласить'].concat([
      'send',
      'publish',
      'post',
      'share',
      'reply',
      'invite',
    ]),
  ],
];

/** Whether the name of an element says that it does something of this kind; null for none. */
export function riskOfName(name: string): ActionRisk | null {
  const said = ` ${name
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const isSaid = (word: string): boolean => said.includes(word.endsWith('*') ? ` ${word.slice(0, -1)}` : ` ${word} `);
  return words.find(([, names]) => names.some(isSaid))?.[0] ?? null;
}
