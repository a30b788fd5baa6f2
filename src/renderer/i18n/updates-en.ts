import type { UpdatesMessages } from './updates-messages.ts';

export const updatesEn: UpdatesMessages = {
  updates: {
    title: 'Updates',
    lookByItself: 'Check for a newer version once a day',
    hint: 'A check sends only the number of your version and the kind of your system. A newer version is downloaded only if you say so, and installed while no task is at work.',
    none: {
      headless: 'This program was started without a window of its own. Whoever installed it updates it.',
      not_installed: 'The program was not started from an installed package, so it does not update itself.',
      no_address: 'This build does not say where to look for newer versions.',
    },
    check: 'Check now',
    checking: 'Checking…',
    notLooked: 'Nobody has looked for a newer version yet.',
    current: when => `This is the newest version. Checked ${when}.`,
    available: version => `Version ${version} is out.`,
    download: 'Download',
    downloading: version => `Downloading version ${version}`,
    ready: version => `Version ${version} is downloaded.`,
    readyButRunning: version => `Version ${version} is downloaded. It can be installed once the tasks at work have ended.`,
    restart: 'Restart and update',
    failed: {
      unreachable: 'Could not find out about a newer version: the update server does not answer. Check the network and try again.',
      damaged: 'What was downloaded is not what was announced, and was deleted. Try again later.',
      other: 'The update did not work. What happened is in the log of the program. Try again later.',
    },
    noteAvailable: 'A newer version is out',
    noteReady: 'A newer version is downloaded',
  },
};
