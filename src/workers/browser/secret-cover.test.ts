import { expect, test } from 'vitest';
import { createSecretCover } from './secret-cover.ts';

const password = 'пar o/l"+&\'7';
const cover = createSecretCover({ user: 'anna@shop.example', password });
const there = '‹secret: password›';

test.each([
  ['as it is', password],
  ['percent-encoded', encodeURIComponent(password)],
  ['percent-encoded in small letters', encodeURIComponent(password).toLowerCase()],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(password))],
  ['as an address takes it', encodeURI(password)],
  ['as a form is sent', new URLSearchParams({ p: password }).toString().slice(2)],
  ['as JSON', JSON.stringify(password).slice(1, -1)],
  ['as JSON of ASCII', 'пar o/l"+&\'7'.replaceAll(/[^a-z]/gu, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)],
  ['as HTML', 'пar o/l&quot;+&amp;&#39;7'],
  [
    'as HTML of numbers',
    Array.from(password, char => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`)
      .join('')
      .replace('&#x20;', ' '),
  ],
  ['in base64', Buffer.from(password).toString('base64')],
  ['in base64 of addresses', Buffer.from(password).toString('base64url')],
  ['as YAML', password.replace("'", "''")],
])('is covered %s', (_, written) => {
  expect(cover.text(`before ${written} after`)).toBe(`before ${there} after`);
});

test.each([0, 1, 2, 3, 4, 5])('is covered within a longer code, %i bytes behind its beginning', count => {
  const secret = 'Zq7!vWx93k';
  const coded = Buffer.from(`${'a'.repeat(count)}${secret}:tail`).toString('base64');
  const told = createSecretCover({ password: secret }).text(coded);
  expect(told).toContain(there);
  // What is left decodes to nothing of it.
  const left = told.split(there).map(part => Buffer.from(part, 'base64').toString('latin1'));
  for (let at = 0; at + 3 <= secret.length; at += 1) expect(left.join(' ')).not.toContain(secret.slice(at, at + 3));
});

test('each is called by its own name, in every text of a value and in no other', () => {
  expect(cover.deep({ url: '/?u=anna%40shop.example', rows: [{ [password]: password, n: 7 }], none: null })).toEqual({
    url: '/?u=‹secret: user›',
    rows: [{ [there]: there, n: 7 }],
    none: null,
  });
  expect(cover.text('Anna has 7 parcels.')).toBe('Anna has 7 parcels.');
});

test('of one secret within another the longer is covered, and a short name of a user is left', () => {
  expect(createSecretCover({ user: 'anna', password: 'anna2024' }).text('anna2024 anna')).toBe('‹secret: password› ‹secret: user›');
  expect(createSecretCover({ user: 'an', password: 'x' }).text('an fox')).toBe(`an fo${there}`);
  expect(createSecretCover({ user: null, password: null }).text('words')).toBe('words');
});

test('signs of patterns are letters like others', () => {
  const secret = '.*(a|b)[c]{2}^$?-\\d';
  const told = createSecretCover({ password: secret });
  expect(told.text(`x${secret}y`)).toBe(`x${there}y`);
  expect(told.text('xaby anything')).toBe('xaby anything');
});
