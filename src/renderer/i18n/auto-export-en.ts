import type { AutoExportMessages } from './auto-export-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

const n = pluralIn('en');

export const autoExportEn: AutoExportMessages = {
  autoExport: {
    title: 'Folders for synopses',
    lead: 'Saving by itself',
    hint: 'Finished synopses are saved here by themselves as Markdown notes that Obsidian reads. Notes that you have changed are not touched.',
    none: 'No folder is chosen.',
    mode: 'How to save',
    modes: { mirror: 'One file for each synopsis', append: 'A file for each version' },
    modeHint: {
      mirror: 'The file is updated with each new version. If you have changed it, the new version lies beside it.',
      append: 'Each version gets a file of its own; earlier ones do not change.',
    },
    scope: 'What to save',
    allChats: 'All chats',
    thisChat: title => `Only the chat “${title}”`,
    chats: count => n(count, { one: '# chat', other: '# chats' }),
    files: count => n(count, { one: '# file', other: '# files' }),
    edited: count =>
      n(count, { one: 'You have changed # file, it is left as it is:', other: 'You have changed # files, they are left as they are:' }),
    deleted: count => n(count, { one: 'You have deleted # file:', other: 'You have deleted # files:' }),
    update: path => `Update now: ${path}`,
    restore: 'Bring back the deleted',
    remove: path => `Save here no more: ${path}`,
    choose: 'Choose a folder…',
    add: 'Add the folder',
    path: 'Folder',
    pathHint: 'Its whole path on the computer where the program runs.',
  },
};
