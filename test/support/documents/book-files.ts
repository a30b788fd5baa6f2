import { escaped, entry } from './office-files.ts';
import { makeZip, type ZipEntry } from './zip-file.ts';

export interface Chapter {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export interface BookFacts {
  readonly title: string;
  readonly author?: string;
  readonly date?: string;
}

const container =
  '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>';

/** An EPUB 3: the list of parts against the order of their names, a page of contents that is no part of the text. */
export function makeEpub(facts: BookFacts, chapters: readonly Chapter[], more: readonly ZipEntry[] = []): Buffer {
  const fileOf = (at: number): string => `text/c%20${chapters.length - at}.xhtml`;
  const page = (chapter: Chapter): string =>
    `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body><section><a id="top"/><h1>${escaped(chapter.title)}</h1>${chapter.paragraphs.map(text => `<p>${escaped(text)}<a epub:type="noteref" href="#n1">1</a></p>`).join('')}</section></body></html>`;
  return makeZip([
    entry('mimetype', 'application/epub+zip'),
    entry('META-INF/container.xml', container),
    entry(
      'OEBPS/content.opf',
      `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>${escaped(facts.title)}</dc:title><dc:creator>${escaped(facts.author ?? '')}</dc:creator><dc:date>${facts.date ?? ''}</dc:date></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>${chapters.map((_, at) => `<item id="c${at}" href="${fileOf(at)}" media-type="application/xhtml+xml"/>`).join('')}</manifest><spine><itemref idref="nav"/>${chapters.map((_, at) => `<itemref idref="c${at}"/>`).join('')}</spine></package>`,
    ),
    entry('OEBPS/nav.xhtml', '<html><body><nav>Contents</nav></body></html>'),
    ...chapters.map((chapter, at) => entry(`OEBPS/${decodeURIComponent(fileOf(at))}`, page(chapter))),
    ...more,
  ]);
}

/** A FictionBook; `encoding` is what it declares, its bytes are the caller's to make. */
export function fb2Text(facts: BookFacts, chapters: readonly Chapter[], encoding = 'utf-8'): string {
  const [first = '', last = ''] = (facts.author ?? '').split(' ');
  return `<?xml version="1.0" encoding="${encoding}"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><genre>prose</genre><author><first-name>${first}</first-name><last-name>${last}</last-name></author><book-title>${escaped(facts.title)}</book-title><date value="${facts.date ?? ''}">давно</date></title-info><document-info><author><nickname>somebody</nickname></author></document-info></description>
<body><title><p>${escaped(facts.title)}</p></title>${chapters
    .map(
      ({ title, paragraphs }) =>
        `<section><title><p>${escaped(title)}</p></title>${paragraphs.map(text => `<p>${escaped(text)}<a l:href="#n1" type="note">[1]</a></p>`).join('\n')}<empty-line/></section>`,
    )
    .join(
      '',
    )}</body><body name="notes"><title><p>Примечания</p></title><section id="n1"><p>Так писали тогда.</p></section></body><binary id="cover.jpg" content-type="image/jpeg">AAAA</binary></FictionBook>`;
}
