import { describe, expect, test } from 'vitest';
import { uploadChunkBytes } from '../../shared/contract/documents.ts';
import { openWindow } from '../../../test/support/open-window.ts';

describe('uploads', () => {
  test('an upload goes in chunks without holes and ends as a document', async () => {
    const { services, backend, main } = await openWindow();
    const bytes = new Uint8Array(uploadChunkBytes * 2 + 7);
    const file = {
      name: 'big.txt',
      size: bytes.length,
      slice: (from: number, to: number) => ({ arrayBuffer: async () => bytes.slice(from, to).buffer }),
    };
    const outcome = await services.documents.upload(main.id, file);
    expect(outcome.ok).toBe(true);
    const offsets = backend.calls.filter(call => call.route === 'uploads.append').map(call => (call.input as { offset: number }).offset);
    expect(offsets).toEqual([0, uploadChunkBytes, uploadChunkBytes * 2]);
    expect(services.documents.getState().uploads).toEqual([]);
    expect(services.documents.getState().documents?.at(-1)?.title).toBe('big.txt');
  });

  test('a file that cannot be read is given up and said', async () => {
    const { services, backend, main } = await openWindow();
    const file = { name: 'folder', size: 5, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('is a directory')) }) };
    expect(await services.documents.upload(main.id, file)).toEqual({ ok: false, code: 'unreadable' });
    expect(backend.calls.some(call => call.route === 'uploads.abort')).toBe(true);
  });
});
