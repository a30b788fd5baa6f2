import { expect, test } from 'vitest';
import { importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';

const times = (snapshot: { segments: readonly { timeMs?: number | undefined }[] }) => snapshot.segments.map(segment => segment.timeMs);

const srt = `1
00:00:01,000 --> 00:00:03,500
Маяк построили
в 1871 году

2
00:00:03,600 --> 00:00:06,000
<i>на голой</i> скале. {\\an8}

3
00:00:07,000 --> 00:00:08,000
[музыка]

4
01:00:12,250 --> 01:00:14,000
Потом он погас.
`;

test('cues become sentences, with the time at which each paragraph begins', async () => {
  const { output, snapshot } = await importBytes(srt, 'lecture.srt');
  expect(output).toMatchObject({ format: 'subtitles' });
  if (snapshot === null) throw new Error('It was refused.');
  expect(outline(snapshot)).toEqual([
    ['paragraph', 'Маяк построили в 1871 году на голой скале.'],
    ['paragraph', 'Потом он погас.'],
  ]);
  expect(times(snapshot)).toEqual([1_000, 3_612_250]);
});

test('who speaks stands before the words, where the file says so', async () => {
  const vtt = `WEBVTT - Совещание

STYLE
::cue { color: red }

NOTE никому

intro
00:01.000 --> 00:02.000 align:start
<v Анна>Запуск переносим

00:02.000 --> 00:03.000
<v Анна>на апрель.

00:03.000 --> 00:04.000
<v.loud Борис Орлов>Я <c.x>подготовлю</c> письмо &amp; смету.</v>
`;
  const { output, snapshot } = await importBytes(vtt, 'talk.vtt');
  expect(output).toMatchObject({ format: 'subtitles', title: 'Совещание' });
  if (snapshot === null) throw new Error('It was refused.');
  expect(outline(snapshot).map(([, text]) => text)).toEqual([
    'Анна: Запуск переносим на апрель.',
    'Борис Орлов: Я подготовлю письмо & смету.',
  ]);
  expect(times(snapshot)).toEqual([1_000, 3_000]);
});

test('a rolling caption is read once, and dashes part voices', async () => {
  const text = `WEBVTT

00:00.000 --> 00:02.000
добрый день

00:02.000 --> 00:04.000
добрый день
сегодня поговорим о маяках.

00:04.000 --> 00:06.000
- Кто их строил?
- Артель из Кеми.
`;
  expect(outline(await readSnapshot(text, 'a.vtt')).map(([, said]) => said)).toEqual([
    'добрый день сегодня поговорим о маяках.',
    'Кто их строил?',
    'Артель из Кеми.',
  ]);
});

test('speech without full stops is cut all the same, and subtitles are known without their name', async () => {
  const cues = Array.from({ length: 200 }, (_, at) => {
    const at0 = `00:${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    return `${at + 1}\n${at0},000 --> ${at0},900\nи вот слова номер ${at} без точки\n`;
  }).join('\n');
  const { output, snapshot } = await importBytes(cues, 'noname');
  expect(output).toMatchObject({ format: 'subtitles' });
  expect(snapshot?.segments.length).toBeGreaterThan(5);
  expect(Math.max(...(snapshot?.segments ?? []).map(({ start, end }) => end - start))).toBeLessThan(1_000);
});

test('a text that is called subtitles and is none is read as text', async () => {
  expect(outline(await readSnapshot('Просто заметка о маяке и море.\n', 'a.srt'))).toEqual([
    ['paragraph', 'Просто заметка о маяке и море.'],
  ]);
});

test('what is said twice is told twice, where captions do not roll', async () => {
  const cues = ['Нет.', 'Нет.', 'Мы начинаем.', 'Да.', 'Да.', 'Хорошо.', 'Хорошо.', 'Начали.'];
  const text = cues.map((said, at) => `${at + 1}\n00:00:0${at},000 --> 00:00:0${at},900\n${said}\n`).join('\n');
  const said = outline(await readSnapshot(text, 'a.srt')).map(([, words]) => words);
  expect(said.join(' ')).toBe(cues.join(' '));
});

test('a caption that rolls over a line for a moment tells every line once', async () => {
  const text = `WEBVTT

00:00.000 --> 00:02.000
маяк построили
в 1871 году

00:02.000 --> 00:02.010
в 1871 году

00:02.010 --> 00:04.000
в 1871 году
на голой скале.
`;
  expect(outline(await readSnapshot(text, 'a.vtt')).map(([, said]) => said)).toEqual(['маяк построили в 1871 году на голой скале.']);
});
