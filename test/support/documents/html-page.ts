export interface HtmlPage {
  readonly title: string;
  /** HTML of the article. */
  readonly article: string;
  /** Declared in a meta element; the caller encodes the bytes. */
  readonly charset?: string;
}

/** A page as sites serve it: menus, scripts, a cookie form and a footer around one article. */
export function makeHtmlPage({ title, article, charset = 'utf-8' }: HtmlPage): string {
  return `<!DOCTYPE html>
<html lang="ru"><head><meta charset="${charset}"><title>${title}</title><style>.menu { color: red }</style>
<script>window.tracker = "не для чтения";</script></head>
<body><header><nav class="menu"><ul><li><a href="/">Главная</a></li><li><a href="/about">О проекте</a></li></ul></nav></header>
<main><article>${article}</article></main>
<aside><p>Реклама: купите слона</p></aside>
<form><label>Подписка <input name="mail"></label><button>Подписаться</button></form>
<footer><p>Все права защищены, 2026</p></footer>
<script>document.write("<p>дописано сценарием</p>");</script></body></html>`;
}
