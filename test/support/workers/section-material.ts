import { createHash } from 'node:crypto';
import { documentId, messageId, sha256Hex } from '../../../src/shared/domain/ids.ts';
import type { Segment } from '../../../src/shared/domain/snapshot.ts';
import type { DetailLevel, SectionKind, SectionOf } from '../../../src/shared/domain/synopsis.ts';
import { makeSection } from '../../../src/workers/extractive/make-section.ts';
import { prepareSources, type SourceToPrepare } from '../../../src/workers/extractive/prepare-sources.ts';

const someDocument = documentId.parse('01890a5d-ac96-774b-bcce-b302099a8057');
/** The message that every segment of a chat is cited by. */
export const someMessage = messageId.parse('01890a5d-ac96-774b-bcce-b302099a8058');

interface Turn {
  readonly speaker: string;
  readonly text: string;
}

/** A document with this text; its paragraphs are its segments unless others are given. */
export function source(text: string, segments?: Segment[]): SourceToPrepare {
  const hash = sha256Hex.parse(createHash('sha256').update(text).digest('hex'));
  return {
    input: { source: { kind: 'document', documentId: someDocument }, title: 'Источник', snapshotHash: hash, path: '/nowhere' },
    snapshot: { version: 1, hash, text, segments: segments ?? paragraphs(text), pages: [], title: null, language: null, warnings: [] },
  };
}

function paragraphs(text: string): Segment[] {
  return [...text.matchAll(/[^\n](?:[^\n]|\n(?!\n))*/gu)].map(match => ({
    kind: match[0].startsWith('#') ? ('heading' as const) : ('paragraph' as const),
    level: null,
    page: null,
    messageId: null,
    speaker: null,
    start: match.index + (/^#+\s/u.exec(match[0])?.[0].length ?? 0),
    end: match.index + match[0].length,
  }));
}

/** A chat as its own snapshot has it: a segment per message, the speaker beside the text. */
export function chat(turns: readonly Turn[]): SourceToPrepare {
  let text = '';
  const segments = turns.map(({ speaker, text: said }) => {
    const start = text.length === 0 ? 0 : text.length + 1;
    text += (text.length === 0 ? '' : '\n') + said;
    return { kind: 'message' as const, start, end: text.length, level: null, page: null, messageId: someMessage, speaker };
  });
  return source(text, segments);
}

/** A section of these sources, as the extractive engine makes it. */
export const make = <K extends SectionKind>(kind: K, sources: readonly SourceToPrepare[], detail: DetailLevel = 'standard'): SectionOf<K> =>
  makeSection(kind, prepareSources(sources, 'ru'), { detail }) as SectionOf<K>;

/** Minutes of a talk: decisions, tasks, open questions, and chatter around them. */
export const meeting = [
  'Анна: Всем привет! Меня слышно?',
  'Борис: Да, слышно отлично.',
  'Анна: На повестке релиз мобильного приложения и бюджет на рекламу.',
  'Виктор: Тестирование показало 14 критических ошибок в модуле оплаты.',
  'Борис: Предлагаю перенести релиз на неделю.',
  'Анна: Согласна. Решили: переносим релиз на 27 мая.',
  'Анна: Виктор, подготовь отчёт по ошибкам модуля оплаты.',
  'Виктор: Хорошо, сделаю к четвергу.',
  'Борис: Я напишу клиентам письмо о переносе завтра.',
  'Анна: Кто будет отвечать за рекламный бюджет после ухода Ольги?',
  'Борис: Не знаю, надо уточнить у директора.',
  'Анна: Ещё мы пока не решили, где будем отмечать юбилей.',
  'Анна: Всем спасибо, до встречи!',
].join('\n');

/** Prose with terms, dates and figures. */
export const lecture = [
  '# Основы клеточной биологии',
  'Клетка — это наименьшая единица живого, способная к самостоятельному существованию. Впервые клетки увидел Роберт Гук 12 марта 1665 года, рассматривая срез пробки под микроскопом. Митохондрия — это органелла, которая производит для клетки энергию.',
  'Длина молекулы ДНК в одной клетке человека достигает 2 м. За сутки организм теряет около 0,2 % своих клеток. В 1839 г. Т. Шванн сформулировал клеточную теорию. Пока неизвестно, сколько всего типов клеток существует в природе.',
  'Фотосинтезом называют образование органических веществ на свету. Однако без воды фотосинтез невозможен, и растения в пустыне экономят её изо всех сил.',
].join('\n\n');
