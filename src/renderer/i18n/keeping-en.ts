import type { KeepingMessages } from './keeping-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

const n = pluralIn('en');

export const keepingEn: KeepingMessages = {
  backups: {
    title: 'Backups',
    hint: 'The program makes them by itself: at closing, several times a day and before an update. A backup holds chats, synopses and tasks; files of documents lie beside it for as long as a backup names them. Keys of models are in none.',
    make: 'Make a backup now',
    making: 'Making a backup…',
    none: 'There is no backup yet.',
    reason: { close: 'at closing', migration: 'before an update', timed: 'by time', manual: 'made by you', restore: 'before a restore' },
    contents: (chats, documents, synopses) =>
      [
        n(chats, { one: '# chat', other: '# chats' }),
        n(documents, { one: '# document', other: '# documents' }),
        n(synopses, { one: '# synopsis', other: '# synopses' }),
      ].join(', '),
    missingFiles: count => n(count, { one: '# file is not on the disk any more', other: '# files are not on the disk any more' }),
    unreadable: 'cannot be read',
    tooNew: 'made by a newer version of the program',
    check: 'Check',
    checkOf: date => `Check the backup: ${date}`,
    checking: 'Checking…',
    sound: 'Read in full, and sound.',
    damaged: 'Damaged: it cannot be restored.',
    restore: 'Restore…',
    restoreOf: date => `Restore the backup: ${date}`,
    restoreTitle: date => `Restore the backup: ${date}?`,
    restoreText:
      'Everything done after it goes from the program. What is here now is kept as a backup first, and you can go back to it. Running tasks stop, and after the start the queue stands still until you resume it.',
    restoreNow: 'Restore and restart',
    restoreLater: 'Restore at the next start',
    restoreNo: 'Do not restore',
    wanted: date => `The next start restores the backup: ${date}.`,
    restart: 'Restart now',
    restartByHand: 'Stop the program and start it again as you did before.',
    keepPresent: 'Do not restore',
    copyTitle: 'Moving to another computer',
    copyHint:
      'Save everything into a folder: chats, documents and synopses. On the other computer open this page of the settings and take that folder in: it joins the backups and can be restored. Keys of models do not move.',
    copyPath: 'Folder',
    copyPathHint: 'The whole path on the computer that the program runs on.',
    writeCopy: 'Save everything into a folder…',
    takeIn: 'Take in from a folder…',
    copying: 'Copying…',
    copied: folder => `Everything is saved: ${folder}`,
    takenIn: 'The copy is taken in. It is the first of the list: to go over to it, press “Restore…”.',
  },
  diagnostics: {
    title: 'Diagnostics',
    lead: 'If something does not work',
    open: 'Show diagnostics…',
    hint: 'Versions, figures and the log, to show to somebody who helps. There are no texts, titles, names of files and keys in it. The program sends nothing: read it and save the file yourself.',
    part: {
      program: 'Program and system',
      settings: 'Settings',
      health: 'Health',
      database: 'Database',
      opening: 'The last start',
      log: 'End of the log',
    },
    save: 'Save…',
    copy: 'Copy',
  },
};
