import { expect, test } from 'vitest';
import { fb2Text, makeEpub, type Chapter } from '../../../test/support/documents/book-files.ts';
import { importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';
import { entry } from '../../../test/support/documents/office-files.ts';
import { encodeOneByte } from '../../../test/support/documents/one-byte-text.ts';
import { makeZip } from '../../../test/support/documents/zip-file.ts';

const chapters: Chapter[] = [
  { title: 'Начало', paragraphs: ['Маяк построили в 1871 году & зажгли осенью.', 'Смотритель держал пчёл.'] },
  { title: 'Конец', paragraphs: ['Потом маяк погас.'] },
];
const facts = { title: 'Маяк', author: 'Анна Берг', date: '1903-04-01' };
const told = [
  ['h1', 'Начало'],
  ['paragraph', 'Маяк построили в 1871 году & зажгли осенью.'],
  ['paragraph', 'Смотритель держал пчёл.'],
  ['h1', 'Конец'],
  ['paragraph', 'Потом маяк погас.'],
];

test('an EPUB is read in the order of its spine, with what it says of itself', async () => {
  const { output, snapshot } = await importBytes(makeEpub(facts, chapters), 'a.epub');
  expect(output).toMatchObject({ format: 'epub', title: 'Маяк', author: 'Анна Берг', date: '1903-04-01', warnings: [] });
  expect(snapshot === null ? null : outline(snapshot)).toEqual(told);
});

test('a FictionBook is read with its sections as headings and its notes at the end, plain or packed', async () => {
  const text = fb2Text(facts, chapters);
  const plain = await importBytes(text, 'a.fb2');
  expect(plain.output).toMatchObject({ format: 'fb2', title: 'Маяк', author: 'Анна Берг', date: '1903-04-01', warnings: [] });
  expect(plain.snapshot === null ? null : outline(plain.snapshot)).toEqual([
    ['h1', 'Маяк'],
    ...told,
    ['h1', 'Примечания'],
    ['paragraph', 'Так писали тогда.'],
  ]);
  const packed = await importBytes(makeZip([entry('a.fb2', text)]), 'a.fb2.zip');
  expect(packed.output).toMatchObject({ format: 'fb2', title: 'Маяк' });
  expect(packed.snapshot?.hash).toBe(plain.snapshot?.hash);
});

test.each(['windows-1251', 'koi8-r'] as const)('a FictionBook in %s is the same text', async encoding => {
  const declared = await readSnapshot(encodeOneByte(fb2Text(facts, chapters, encoding), encoding), 'a.fb2');
  expect(outline(declared).slice(1, -2)).toEqual(told);
});

test('a FictionBook without a declared encoding is judged by its letters', async () => {
  const bytes = encodeOneByte(fb2Text(facts, chapters).replace(/^<\?xml.*\n/u, ''), 'windows-1251');
  expect(outline(await readSnapshot(bytes, 'a.fb2')).slice(1, -2)).toEqual(told);
});

test('verse keeps its lines, and an epigraph is a quotation', async () => {
  const text = fb2Text(facts, []).replace(
    '<body><title>',
    '<body><epigraph><p>Из письма.</p></epigraph><section><poem><stanza><v>Белеет парус одинокий</v><v>В тумане моря голубом</v></stanza></poem><subtitle>* * *</subtitle><p>Проза.</p></section><title>',
  );
  expect(outline(await readSnapshot(text, 'a.fb2')).slice(0, 4)).toEqual([
    ['quote', 'Из письма.'],
    ['paragraph', 'Белеет парус одинокий'],
    ['paragraph', 'В тумане моря голубом'],
    ['paragraph', 'Проза.'],
  ]);
});

test('a book that breaks off is read as far as it goes and says so; one without text is damaged', async () => {
  const text = fb2Text(facts, chapters);
  const cut = await importBytes(text.slice(0, text.indexOf('Потом маяк')), 'a.fb2');
  expect(cut.output).toMatchObject({ result: 'read', warnings: [{ code: 'truncated' }] });
  expect((await importBytes(text.slice(0, 300), 'a.fb2')).output).toMatchObject({ result: 'refused', error: { code: 'damaged' } });
});

test('a book with a lock says so; scrambled fonts alone are none', async () => {
  const lock = (uri: string) =>
    entry(
      'META-INF/encryption.xml',
      `<encryption><EncryptedData><CipherData><CipherReference URI="${uri}"/></CipherData></EncryptedData></encryption>`,
    );
  expect((await importBytes(makeEpub(facts, chapters, [lock('OEBPS/text/c%202.xhtml')]), 'a.epub')).output).toMatchObject({
    error: { code: 'encrypted' },
  });
  expect((await importBytes(makeEpub(facts, chapters, [lock('OEBPS/fonts/a.otf')]), 'a.epub')).output).toMatchObject({ result: 'read' });
});

test('entities made of entities are refused', async () => {
  const bomb = fb2Text(facts, chapters).replace(
    '<FictionBook',
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><FictionBook',
  );
  expect((await importBytes(bomb, 'a.fb2')).output).toMatchObject({ error: { code: 'zip_bomb' } });
});

test('an archive with several books is read whole, by the numbers of their names', async () => {
  const volume = (number: number): string =>
    fb2Text({ ...facts, title: `Маяк ${number}` }, [{ title: `Том ${number}`, paragraphs: [`Слово ${number}.`] }]);
  const bytes = makeZip([10, 2, 1].map(number => entry(`том ${number}.fb2`, volume(number))));
  const { output, snapshot } = await importBytes(bytes, 'маяк.fb2.zip');
  expect(output).toMatchObject({ format: 'fb2', title: null, author: 'Анна Берг' });
  const volumes = snapshot === null ? [] : outline(snapshot).map(([, text]) => text);
  expect(volumes.filter(text => text.startsWith('Том'))).toEqual(['Том 1', 'Том 2', 'Том 10']);
});
