import { describe, expect, test } from 'vitest';
import { mayConnect } from './may-connect.ts';

const ours = 1;
const frame = (url: string, parent: object | null = null) => ({ url, parent: parent as null });
const asks = (senderFrame: ReturnType<typeof frame> | null, id = ours) =>
  mayConnect({ senderFrame, sender: { id } }, asked => asked === ours);

describe('the sender gate', () => {
  test('lets in the main frame of our page in our window, at any place in it', () => {
    expect(asks(frame('app://main/index.html'))).toBe(true);
    expect(asks(frame('app://main/index.html#chat'))).toBe(true);
  });

  test.each([
    'https://main/index.html',
    'file:///index.html',
    'app://main.evil.example/index.html',
    'app://evil/index.html',
    'app://main@evil/index.html',
    'app://main:1/index.html',
    'app:main/index.html',
    'app:///main/index.html',
    'application://main/index.html',
    'data:text/html,app://main/index.html',
    'about:blank',
    'not an address',
    '',
  ])('keeps out %s', url => {
    expect(asks(frame(url))).toBe(false);
  });

  test('keeps out a frame inside the page, a frame that is gone and a window that is not ours', () => {
    expect(asks(frame('app://main/index.html', {}))).toBe(false);
    expect(asks(null)).toBe(false);
    expect(asks(frame('app://main/index.html'), 2)).toBe(false);
  });
});
