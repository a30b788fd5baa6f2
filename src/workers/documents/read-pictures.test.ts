import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agentInput } from '../../../test/support/workers/agent-input.ts';
import { anyDocumentId, importBytes, outline } from '../../../test/support/documents/import-bytes.ts';
import { makeScannedPdf } from '../../../test/support/documents/pdf-file.ts';
import { makeGreyPng } from '../../../test/support/documents/png-file.ts';
import { tempDir } from '../../../test/support/documents/temp-dir.ts';
import type { Script } from '../../../test/support/scripted-models/script.ts';
import { startScriptedServer } from '../../../test/support/scripted-models/scripted-server.ts';
import { documentErrorWords, mayHelpAgain } from '../../shared/domain/document-error-words.ts';
import { heicDetail } from '../../shared/domain/document.ts';
import type { HostCallInput } from '../../shared/contract/worker/host-calls.ts';
import type { ProviderKind } from '../../shared/domain/provider.ts';
import type { RecordedCall, SynopsisModel } from '../../shared/domain/synopsis-model.ts';
import { lookAtPicture } from '../agent/providers/look-at-picture.ts';
import { boundedPicture, longestSide } from './bounded-picture.ts';
import { importTask } from './import-document.ts';
import { blocksOf, createLook, type Look, type LookContext } from './look-at-picture.ts';

const answer = '# Маяк\n\n| Год | Высота |\n| --- | --- |\n| 1871 | 40 м |\n=====\nБашня\nна скале.';

async function lookOf(script: Script, kind: ProviderKind = 'openai_compatible') {
  const server = await startScriptedServer({ script, apiKey: 'sk-secret' });
  onTestFinished(() => server.close());
  const connection = { ...agentInput(server.baseUrl).connection, kind, apiKey: 'sk-secret' };
  const model: SynopsisModel = { provider: 'Стенд', connection };
  const recorded = new Map<string, RecordedCall>();
  const asked: string[] = [];
  let tokens = 0;
  const { signal } = new AbortController();
  const context = {
    signal,
    log: () => {},
    charge: (used: { readonly tokens?: number }) => {
      tokens += used.tokens ?? 0;
    },
    /** As main answers, without the processes between. */
    async hostCall(name: string, input: HostCallInput<'picture.look'>) {
      asked.push(name);
      if (name !== 'picture.look') throw new Error('parked');
      const { ask: _, ...told } = await lookAtPicture({ ask: 'look', model, ...input }, { signal, charge: () => undefined });
      return told;
    },
    async step(name: string, run: () => Promise<RecordedCall>) {
      const output = recorded.get(name) ?? (await run());
      recorded.set(name, output);
      return output;
    },
  } as unknown as LookContext;
  const look = () => createLook('ru', context);
  return { server, look, context, asked, tokens: () => tokens };
}

const says =
  (text: string): Script =>
  () => ({ kind: 'answer', text });
const unread: Look = () => Promise.resolve({ outcome: 'away' });

/** Where each wire has the picture: its bytes in base64. */
const partOf: Readonly<Record<ProviderKind, (body: any) => unknown>> = {
  openai_compatible: body => body.messages.at(-1).content[0].image_url.url.replace('data:image/jpeg;base64,', ''),
  openai: body => body.messages.at(-1).content[0].image_url.url.replace('data:image/jpeg;base64,', ''),
  anthropic: body => body.messages.at(-1).content[0].source.data,
  google: body => body.contents.at(-1).parts[0].inlineData.data,
};

describe('a picture with a model that sees', () => {
  test.each(Object.keys(partOf) as ProviderKind[])('is sent over the wire of %s, and what is read becomes the text', async kind => {
    const { server, look, tokens } = await lookOf(says(answer), kind);
    const { output, snapshot } = await importBytes(makeGreyPng(3_000, 200), 'фото.png', look());
    expect(output).toMatchObject({
      format: 'image',
      title: 'Маяк',
      warnings: [{ code: 'read_by_model', detail: expect.stringContaining('Стенд') }],
    });
    expect(snapshot === null ? null : outline(snapshot)).toEqual([
      ['h1', 'Маяк'],
      ['table', 'Год | Высота\n1871 | 40 м'],
      ['paragraph', 'На изображении: Башня на скале.'],
    ]);
    const [request, ...more] = server.requests;
    expect(more).toEqual([]);
    const image = await loadImage(Buffer.from(String(partOf[kind](request?.body)), 'base64'));
    expect([image.width, image.height]).toEqual([longestSide, Math.round((200 / 3_000) * longestSide)]);
    expect(JSON.stringify(request?.body)).not.toContain('sk-secret');
    expect(tokens()).toBe(46);
  });

  test('is not sent again by an attempt after it was recorded', async () => {
    const { server, look } = await lookOf(says(answer));
    const first = await importBytes(makeGreyPng(60, 60), 'a.png', look());
    const second = await importBytes(makeGreyPng(60, 60), 'a.png', look());
    expect(second.snapshot).toEqual(first.snapshot);
    expect(server.requests).toHaveLength(1);
    await importBytes(makeGreyPng(61, 60), 'a.png', look());
    expect(server.requests).toHaveLength(2);
  });

  test('waits for a provider that is away, and says what a refusal means', async () => {
    const { look } = await lookOf(() => ({ kind: 'refusal', status: 401, error: { message: 'no' } }));
    await expect(importBytes(makeGreyPng(60, 60), 'a.png', look())).rejects.toMatchObject({ code: 'unauthorized' });
    const { server, look: away, asked } = await lookOf(says(answer));
    await server.close();
    await expect(importBytes(makeGreyPng(60, 60), 'a.png', away())).rejects.toThrow('parked');
    expect(asked).toEqual(['picture.look', 'network.away']);
  });

  test('is asked about again when the provider said it may be', async () => {
    const { look } = await lookOf(() => ({ kind: 'refusal', status: 429, error: { message: 'slow down' }, retryAfter: '7' }));
    await expect(importBytes(makeGreyPng(60, 60), 'a.png', look())).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
      retryAfterMs: 7_000,
    });
  });

  test('a withheld answer is a document without text', async () => {
    const { look } = await lookOf(() => ({ kind: 'answer', text: 'x', finish: 'content-filter' }));
    expect((await importBytes(makeGreyPng(60, 60), 'a.png', look())).output).toMatchObject({
      error: { code: 'no_text', detail: 'blocked' },
    });
  });

  test('that is none, or claims to be a field of stars, is refused before anything is sent', async () => {
    const { server, look } = await lookOf(says(answer));
    const huge = makeGreyPng(60, 60);
    huge.writeUInt32BE(40_000, 16);
    huge.writeUInt32BE(40_000, 20);
    expect((await importBytes(huge, 'a.png', look())).output).toMatchObject({ error: { code: 'too_large' } });
    expect((await importBytes(makeGreyPng(60, 60).subarray(0, 30), 'a.png', look())).output).toMatchObject({ error: { code: 'damaged' } });
    expect(server.requests).toEqual([]);
  });
});

describe('scanned pages', () => {
  test('are read one by one, each as its page', async () => {
    const { server, look } = await lookOf(({ number }) => ({ kind: 'answer', text: `Страница ${number} о маяке.` }));
    const { output, snapshot } = await importBytes(await makeScannedPdf(2, 1), 'скан.pdf', look());
    expect(output).toMatchObject({ pageCount: 3, warnings: [{ code: 'read_by_model', count: 2 }] });
    expect(snapshot?.segments.map(({ page }) => page)).toEqual([1, 2]);
    expect(snapshot?.text).toBe('Страница 1 о маяке.\n\nСтраница 2 о маяке.');
    const image = await loadImage(Buffer.from(String(partOf.openai_compatible(server.requests[0]?.body)), 'base64'));
    expect(Math.max(image.width, image.height)).toBe(longestSide);
    // The grey picture of the page, and not an empty sheet.
    const canvas = createCanvas(1, 1);
    canvas.getContext('2d').drawImage(image, -400, -400);
    expect(canvas.getContext('2d').getImageData(0, 0, 1, 1).data[0]).toBeLessThan(160);
  });

  test('beside pages with text do not hold them up', async () => {
    const document = await PDFDocument.load(await makeScannedPdf(1));
    const font = await document.embedFont(StandardFonts.Helvetica);
    document.addPage().drawText('The lighthouse burnt in 1903, and its keeper with it.', { x: 50, y: 500, font, size: 12 });
    const bytes = await document.save();
    const { output } = await importBytes(bytes, 'mixed.pdf', unread);
    expect(output).toMatchObject({ result: 'read', warnings: [{ code: 'pages_need_ocr', count: 1, detail: '1' }] });
    const { look } = await lookOf(() => ({ kind: 'refusal', status: 401, error: { message: 'no' } }));
    expect((await importBytes(bytes, 'mixed.pdf', look())).output).toMatchObject({
      result: 'read',
      warnings: [{ code: 'pages_need_ocr' }],
    });
  });

  test('without a model say what they need', async () => {
    expect((await importBytes(await makeScannedPdf(1), 'a.pdf')).output).toMatchObject({
      error: { code: 'no_text', detail: 'scans-need-vision-model' },
    });
  });
});

test('the task of a picture asks main, once, as a step', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'given');
  await writeFile(path, makeGreyPng(60, 60));
  const { context, asked } = await lookOf(says(answer));
  const steps: string[] = [];
  const output = await importTask(
    { documentId: anyDocumentId, from: { kind: 'file', path, name: 'a.png' }, stagingDir: dir.path, canLook: true, language: 'en' },
    {
      ...context,
      report: () => {},
      step: async (name, run) => {
        steps.push(name);
        return await run();
      },
    },
  );
  expect(steps).toEqual([expect.stringMatching(/^ask:look-[\da-f]{16}$/u)]);
  expect(asked).toEqual(['picture.look']);
  expect(output.format).toBe('image');
});

test('what is transparent is paper, and small pictures stay as large as they are', async () => {
  const canvas = createCanvas(20, 10);
  const { bytes, mediaType } = await boundedPicture(await canvas.encode('png'));
  const image = await loadImage(Buffer.from(bytes));
  canvas.getContext('2d').drawImage(image, 0, 0);
  expect([mediaType, image.width, image.height]).toEqual(['image/jpeg', 20, 10]);
  expect(canvas.getContext('2d').getImageData(5, 5, 1, 1).data[0]).toBeGreaterThan(250);
});

test.each([
  ['```markdown\nТекст.\n```', ['Текст.']],
  ['=====\nКот.', ['На изображении: Кот.']],
  ['Заголовок\n=====\n', ['Заголовок']],
])('an answer %j is read', (text, told) => {
  expect(blocksOf(text, 'На изображении').map(block => block.text)).toEqual(told);
});

test.each([
  ['photo.heic', 'heic', 'unsupported_format'],
  ['photo.jpg', 'mif1', 'wrong_format'],
])('a photo of a telephone under the name %s is refused with the way out, and no second try is offered', async (name, brand, code) => {
  // The box that a file of this format begins with (ISO/IEC 14496-12, 4.3): its length, its type, its brand, no compatible ones.
  const bytes = Buffer.concat([Buffer.from([0, 0, 0, 16]), Buffer.from(`ftyp${brand}`), Buffer.alloc(4)]);
  const { output } = await importBytes(bytes, name);
  expect(output).toEqual({ result: 'refused', error: { code, detail: heicDetail } });
  if (output.result !== 'refused') return;
  expect(documentErrorWords(output.error, 'ru').cure).toContain('JPEG');
  expect(documentErrorWords(output.error, 'en').fault).toContain('HEIC');
  expect(mayHelpAgain({ error: output.error, origin: { kind: 'file', name } })).toBe(false);
});
