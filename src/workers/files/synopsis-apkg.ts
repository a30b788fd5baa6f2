import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { zipSync } from 'fflate';
import { deckName, studyCards } from '../../shared/export/study-cards.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { ExportWords } from '../../shared/export/export-words.ts';
import type { SynopsisContent } from '../../shared/export/synopsis-content.ts';
import { zipTime } from './zip-time.ts';

/**
 * The collection that Anki has read since version 2.0, and so have AnkiDroid, AnkiMobile and Mnemosyne: a zip with a SQLite
 * file `collection.anki2` of schema 11 and a list of media, here empty.
 *
 * Source: the schema is documented in AnkiDroid's wiki, "Database structure".
 */
const schema = `
  CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
    dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
    dconf text NOT NULL, tags text NOT NULL);
  CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
    tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
  CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,
    reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL);
  CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL,
    lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
  CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
  CREATE INDEX ix_notes_usn ON notes (usn);
  CREATE INDEX ix_cards_usn ON cards (usn);
  CREATE INDEX ix_revlog_usn ON revlog (usn);
  CREATE INDEX ix_cards_nid ON cards (nid);
  CREATE INDEX ix_cards_sched ON cards (did, queue, due);
  CREATE INDEX ix_revlog_cid ON revlog (cid);
  CREATE INDEX ix_notes_csum ON notes (csum);
`;

/**
 * The kind of note is the same in every file of a language, so that Anki keeps one of it: ids of ours, times as all ids of Anki
 * are. The fields are named in the language, and one kind cannot have two sets of names.
 */
const noteTypeIds: Readonly<Record<Language, number>> = { ru: 1_735_689_600_000, en: 1_735_689_601_000 };
const fieldSeparator = '\u001F';
/** What a collection of schema 11 says of itself when it is new; Anki fills in the rest. */
const configuration = (noteTypeId: number) => ({
  nextPos: 1,
  estTimes: true,
  activeDecks: [1],
  sortType: 'noteFld',
  timeLim: 0,
  sortBackwards: false,
  addToCur: true,
  curDeck: 1,
  newBury: true,
  newSpread: 0,
  dueCounts: true,
  curModel: String(noteTypeId),
  collapseTime: 1200,
});
const cardStyle = `.card { font-family: Georgia, serif; font-size: 20px; line-height: 1.5; max-width: 36em; margin: 0 auto; text-align: left; }
.source { margin-top: 1.5em; font-size: 14px; opacity: .7; }`;

/** An Anki deck of the synopsis's questions and terms; null when there is nothing to ask. The same content makes the same bytes. */
export function apkgOf(content: SynopsisContent): Uint8Array | null {
  const cards = studyCards(content);
  if (cards.length === 0) return null;
  const { version } = content;
  const noteTypeId = noteTypeIds[content.language];
  const atMs = version.finishedAtMs ?? version.createdAtMs;
  const seconds = Math.floor(atMs / 1_000);
  const deckId = numberOf(version.synopsisId, 12);
  const deck = (id: number, name: string) => ({
    id,
    name,
    mod: seconds,
    usn: -1,
    lrnToday: [0, 0],
    revToday: [0, 0],
    newToday: [0, 0],
    timeToday: [0, 0],
    collapsed: false,
    browserCollapsed: false,
    desc: '',
    dyn: 0,
    conf: 1,
    extendNew: 0,
    extendRev: 0,
  });

  const db = new Database(':memory:');
  try {
    db.exec(schema);
    db.prepare('INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)').run(
      seconds,
      atMs,
      atMs,
      JSON.stringify(configuration(noteTypeId)),
      JSON.stringify({ [noteTypeId]: noteType(noteTypeId, content.words, deckId, seconds) }),
      JSON.stringify({ 1: deck(1, 'Default'), [deckId]: deck(deckId, deckName(content)) }),
      JSON.stringify({ 1: defaultOptions }),
      '{}',
    );
    const addNote = db.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, '', ?, ?, ?, 0, '')");
    const addCard = db.prepare("INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')");
    cards.forEach(({ guid, question, answer, source }, at) => {
      const id = atMs + at;
      addNote.run(
        id,
        digest(guid).slice(0, 20),
        noteTypeId,
        seconds,
        [question, answer, source].join(fieldSeparator),
        question,
        checksum(question),
      );
      addCard.run(id, id, deckId, seconds, at + 1);
    });
    return zipSync({ 'collection.anki2': db.serialize(), media: Buffer.from('{}') }, { mtime: zipTime(new Date(atMs)) });
  } finally {
    db.close();
  }
}

/** Three fields and one card: the question, then the answer with its source. */
function noteType(id: number, { card }: ExportWords, did: number, mod: number) {
  const field = (name: string, ord: number) => ({ name, ord, sticky: false, rtl: false, font: 'Arial', size: 20, media: [] });
  return {
    id,
    name: card.noteType,
    type: 0,
    mod,
    usn: -1,
    sortf: 0,
    did,
    tags: [],
    vers: [],
    latexPre: '',
    latexPost: '',
    css: cardStyle,
    req: [[0, 'all', [0]]],
    flds: [field(card.question, 0), field(card.answer, 1), field(card.source, 2)],
    tmpls: [
      {
        name: 'Card 1',
        ord: 0,
        did: null,
        bqfmt: '',
        bafmt: '',
        qfmt: `{{${card.question}}}`,
        afmt: `{{FrontSide}}<hr id=answer>{{${card.answer}}}<div class="source">{{${card.source}}}</div>`,
      },
    ],
  };
}

/** The options of a deck as Anki makes them first: twenty new cards a day, one and ten minutes, one and four days. */
const defaultOptions = {
  id: 1,
  name: 'Default',
  mod: 0,
  usn: 0,
  maxTaken: 60,
  autoplay: true,
  timer: 0,
  replayq: true,
  dyn: false,
  new: { bury: true, delays: [1, 10], initialFactor: 2500, ints: [1, 4, 7], order: 1, perDay: 20, separate: true },
  rev: { bury: true, ease4: 1.3, fuzz: 0.05, ivlFct: 1, maxIvl: 36_500, minSpace: 1, perDay: 100 },
  lapse: { delays: [10], leechAction: 0, leechFails: 8, minInt: 1, mult: 0 },
};

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** As Anki finds duplicates: the first eight hexadecimal digits of the first field's SHA-1, without its tags. */
function checksum(field: string): number {
  return Number.parseInt(digest(field.replace(/<[^>]*>/gu, '')).slice(0, 8), 16);
}

/** A number of at most `digits` hexadecimal digits that is always the same for one name. */
function numberOf(name: string, digits: number): number {
  return Number.parseInt(digest(name).slice(0, digits), 16);
}
