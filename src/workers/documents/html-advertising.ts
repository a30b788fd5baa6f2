import type { HtmlNode } from './html-blocks.ts';

/** Words of `class`, `id`, `role` and `aria-label` that mark an advertisement; each must be a whole word of the value. */
const adWords: ReadonlySet<string> = new Set([
  'ad',
  'ads',
  'adv',
  'advert',
  'adverts',
  'advertisement',
  'advertisements',
  'advertising',
  'advertorial',
  'adbox',
  'adslot',
  'adunit',
  'adbanner',
  'adcontainer',
  'adwrapper',
  'adsense',
  'adsbygoogle',
  'adfox',
  'promo',
  'promoted',
  'promotion',
  'promotions',
  'sponsor',
  'sponsored',
  'sponsorship',
  'taboola',
  'outbrain',
  'реклама',
  'рекламный',
  'рекламная',
  'спонсор',
  'промо',
]);
/** "no-ads", "ad-free", "has-ads": the page around the advertisement, or the lack of one. */
const aroundWords: ReadonlySet<string> = new Set(['no', 'non', 'not', 'without', 'free', 'has', 'with', 'hide', 'page', 'layout', 'body']);
/** Elements that hold the content; whatever their class says, they are read. */
const content: ReadonlySet<string> = new Set(['HTML', 'BODY', 'MAIN', 'ARTICLE', 'H1']);
const marked = ['class', 'id', 'role', 'aria-label'] as const;

/** Whether an element is a container of advertising: marked as one, and not one that holds the content of the page. */
export function isAdvertising(node: HtmlNode): boolean {
  if (content.has(node.nodeName.toUpperCase()) || !marked.some(name => namesAdvertising(node.getAttribute?.(name) ?? ''))) return false;
  return !holdsContent(node);
}

/** Each token on its own: in "post ad-slot wide" the second is one, in "has-ads" none is. */
function namesAdvertising(value: string): boolean {
  return value.split(/\s+/u).some(token => {
    const words = token
      .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .split(/[^\p{L}]+/u);
    return words.some(word => adWords.has(word)) && !words.some(word => aroundWords.has(word));
  });
}

function holdsContent(node: HtmlNode): boolean {
  for (const child of node.childNodes) if (content.has(child.nodeName.toUpperCase()) || holdsContent(child)) return true;
  return false;
}

/** Takes the advertising out of the tree under a node. */
export function removeAdvertising(root: HtmlNode): void {
  for (const child of [...root.childNodes]) {
    if (isAdvertising(child)) child.remove?.();
    else removeAdvertising(child);
  }
}
