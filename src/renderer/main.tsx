import { z } from 'zod';
import { webSocketPath } from '../shared/contract/wire.ts';
import { start } from './app/start.tsx';
import type { Channel } from '../shared/contract/channel.ts';
import { createElectronChannel } from './bridge/electron-transport.ts';
import { languages } from './i18n/languages.ts';
import { createWebSocketChannel } from './bridge/websocket-transport.ts';

// SECURITY: the content security policy refuses code made from strings; zod is told not to try.
z.config({ jitless: true });

function chooseChannel(): Channel {
  if (window.konspekt) return createElectronChannel(window.konspekt);
  const address = new URL(webSocketPath, location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return createWebSocketChannel({
    connect() {
      const socket = new WebSocket(address);
      const like = {
        send: (text: string) => socket.send(text),
        close: () => socket.close(),
        onopen: null as (() => void) | null,
        onclose: null as (() => void) | null,
        onmessage: null as ((event: { data: unknown }) => void) | null,
      };
      socket.onopen = () => like.onopen?.();
      socket.onclose = () => like.onclose?.();
      socket.onmessage = event => like.onmessage?.(event);
      return like;
    },
    later: (fn, ms) => void setTimeout(fn, ms),
  });
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root" to put the window into.');
start(root, chooseChannel(), languages).catch((error: unknown) => {
  // Neither language is there to say it in: both are short enough to stand here.
  root.textContent = 'Окно не загрузилось. Обновите страницу. · The window could not be loaded. Reload the page.';
  throw error;
});
