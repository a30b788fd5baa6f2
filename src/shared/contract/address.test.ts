import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../domain/language.ts';
import { settingsPages } from '../domain/settings-page.ts';
import { sectionKinds, templates } from '../domain/synopsis.ts';
import { addressCharLimit, formatAddress, parseAddress } from './address.ts';
import { location, type Location } from './app.ts';

const uuid = fc.uuid({ version: 7 });
const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: 64, maxLength: 64 });
const offset = fc.nat();
/** Any character of a person's, half a pair never: no field gives one. */
const words = fc.string({ unit: 'grapheme', maxLength: 60 }).filter(text => text.length <= 60);
const places: fc.Arbitrary<Location> = fc
  .oneof(
    fc.record({ kind: fc.constant('session'), sessionId: uuid }),
    fc.record({ kind: fc.constant('message'), sessionId: uuid, messageId: uuid }),
    fc.record({ kind: fc.constant('synopsis'), sessionId: uuid, versionId: fc.option(uuid) }),
    fc.record({ kind: fc.constant('section'), sessionId: uuid, versionId: fc.option(uuid), section: fc.constantFrom(...sectionKinds) }),
    fc.record({ kind: fc.constant('document'), sessionId: uuid, documentId: uuid }),
    fc.record({
      kind: fc.constant('passage'),
      sessionId: uuid,
      snapshotHash: hash,
      documentId: fc.option(uuid),
      start: offset,
      end: offset,
    }),
    fc.record({ kind: fc.constant('job'), jobId: uuid }),
    fc.record({ kind: fc.constant('settings'), page: fc.constantFrom(...settingsPages) }),
    fc.record({
      kind: fc.constant('library'),
      search: words,
      filter: fc.record({
        template: fc.option(fc.constantFrom(...templates)),
        language: fc.option(fc.constantFrom(...languages)),
        withIssues: fc.boolean(),
        isStale: fc.boolean(),
        tag: fc.option(words),
      }),
    }),
  )
  .map(place => location.parse(place));

const chat = '01890a5d-ac96-774b-bcce-b302099a8057';
const job = '01890a5d-ac96-774b-bcce-b302099a8058';

describe('addresses', () => {
  test('say every place and are read as that place', () => {
    fc.assert(
      fc.property(places, place => {
        const address = formatAddress(place);
        expect(parseAddress(address)).toEqual(place);
      }),
    );
  });

  test('are read whatever a browser or a system does to them', () => {
    const place = { kind: 'session', sessionId: chat };
    expect(parseAddress(`konspekt://chat/${chat}/`)).toEqual(place);
    expect(parseAddress(`KONSPEKT://chat/${chat}`)).toEqual(place);
    expect(parseAddress('konspekt://library/?tag=%D0%BA%D1%83%D1%80%D1%81')).toMatchObject({ kind: 'library', filter: { tag: 'курс' } });
  });

  test.each([
    '',
    'konspekt:',
    'konspekt://',
    'konspekt://chat',
    'konspekt://chat/1',
    `konspekt://chat/${chat}/message`,
    `konspekt://chat/${chat}/message/${job}/more`,
    `konspekt://chat/${chat}/../../job/${job}`,
    `konspekt://chat/${chat}#x`,
    `konspekt://job/${job}?approve=yes`,
    `konspekt://job/${job}/retry`,
    `konspekt://synopsis/${chat}?section=none`,
    `konspekt://synopsis/${chat}?section=summary&section=theses`,
    `konspekt://source/${'a'.repeat(64)}?chat=${chat}&start=-1&end=4`,
    `konspekt://source/${'a'.repeat(64)}?chat=${chat}&start=1e3&end=4000`,
    'konspekt://library?stale=maybe',
    'konspekt://settings/secrets',
    'konspekt://__proto__',
    'konspekt://constructor/x',
    'konspekt://toString',
    `https://chat/${chat}`,
    `javascript:konspekt://chat/${chat}`,
    ` konspekt://chat/${chat}`,
    `konspekt://chat/${chat}\n--data=/tmp`,
    `konspekt://library?search=${'a'.repeat(addressCharLimit)}`,
  ])('%j is none', text => {
    expect(parseAddress(text)).toBeNull();
  });

  test('garbage is refused and never thrown at', () => {
    const near = fc.tuple(places, fc.nat(200), fc.string({ unit: 'binary', maxLength: 4 })).map(([place, at, noise]) => {
      const address = formatAddress(place);
      return address.slice(0, at) + noise + address.slice(at + 1);
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map(rest => `konspekt://${rest}`),
          near,
        ),
        text => {
          const place = parseAddress(text);
          // What is taken for an address is one that we could have written ourselves.
          if (place !== null) expect(parseAddress(formatAddress(place))).toEqual(place);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
