import type { AutoExportMessages } from './auto-export-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

const n = pluralIn('ru');

export const autoExportRu: AutoExportMessages = {
  autoExport: {
    title: 'Папки для конспектов',
    lead: 'Автоматическое сохранение',
    hint: 'Готовые конспекты сами сохраняются сюда заметками Markdown, которые понимает Obsidian. Заметки, которые вы изменили, программа не трогает.',
    none: 'Папка не выбрана.',
    mode: 'Как сохранять',
    modes: { mirror: 'Один файл на конспект', append: 'Файл на каждую версию' },
    modeHint: {
      mirror: 'Файл обновляется с каждой новой версией. Если вы его изменили, новая версия ляжет рядом.',
      append: 'Каждая версия получает свой файл, прежние не меняются.',
    },
    scope: 'Что сохранять',
    allChats: 'Все чаты',
    thisChat: title => `Только чат «${title}»`,
    chats: count => n(count, { one: '# чат', few: '# чата', many: '# чатов', other: '# чата' }),
    files: count => n(count, { one: '# файл', few: '# файла', many: '# файлов', other: '# файла' }),
    edited: count =>
      n(count, {
        one: 'Вы изменили # файл, он оставлен как есть:',
        few: 'Вы изменили # файла, они оставлены как есть:',
        many: 'Вы изменили # файлов, они оставлены как есть:',
        other: 'Вы изменили # файла, они оставлены как есть:',
      }),
    deleted: count =>
      n(count, {
        one: 'Вы удалили # файл:',
        few: 'Вы удалили # файла:',
        many: 'Вы удалили # файлов:',
        other: 'Вы удалили # файла:',
      }),
    update: path => `Обновить сейчас: ${path}`,
    restore: 'Вернуть удалённые',
    remove: path => `Больше не сохранять: ${path}`,
    choose: 'Выбрать папку…',
    add: 'Добавить папку',
    path: 'Папка',
    pathHint: 'Полный путь на компьютере, где работает программа.',
  },
};
