import type { Language } from '../domain/language.ts';
import type { FileFormat } from './file-formats.ts';

export interface FileWords {
  /** In a list to choose from, with the ending of the file. */
  readonly formats: Readonly<Record<FileFormat, string>>;
  /** Why a file could not be made or written, by its code. */
  readonly errors: Readonly<
    Record<
      | 'not_a_bundle'
      | 'bundle_too_new'
      | 'bundle_too_large'
      | 'bundle_damaged'
      | 'no_cards'
      | 'no_browser'
      | 'print_failed'
      | 'bad_path'
      | 'not_ready'
      | 'cannot_write',
      string
    >
  >;
}

/** What is said of files wherever a person saves one: the window and the command line. */
export const fileWords: Readonly<Record<Language, FileWords>> = {
  ru: {
    formats: {
      markdown: 'Markdown (.md)',
      html: 'Страница (.html)',
      pdf: 'PDF (.pdf)',
      docx: 'Документ Word (.docx)',
      apkg: 'Колода Anki (.apkg)',
      cards: 'Карточки текстом (.txt)',
      bundle: 'Файл Konspekt (.konspekt)',
    },
    errors: {
      not_a_bundle: 'Это не файл Konspekt. Такие файлы кончаются на .konspekt и сохраняются через «Экспорт».',
      bundle_too_new: 'Файл сохранён более новой версией Konspekt. Обновите программу.',
      bundle_too_large: 'Файл слишком велик: в нём больше текста, чем помещается в один чат.',
      bundle_damaged: 'Файл повреждён: источники в нём не те, на которые ссылается конспект. Сохраните его заново там, откуда он.',
      no_cards: 'В этом конспекте нет вопросов для самопроверки и терминов, карточки делать не из чего.',
      no_browser:
        'PDF печатает Chrome, Edge или Chromium, а их здесь нет. Установите один из них или сохраните страницу (HTML) и распечатайте её.',
      print_failed: 'Страница не напечаталась. Сохраните её (HTML) и распечатайте сами.',
      bad_path: 'Укажите полный путь к файлу.',
      not_ready: 'Конспект ещё готовится. Сохраните его, когда он будет готов.',
      cannot_write: 'В эту папку файл не записывается. Выберите другую.',
    },
  },
  en: {
    formats: {
      markdown: 'Markdown (.md)',
      html: 'Web page (.html)',
      pdf: 'PDF (.pdf)',
      docx: 'Word document (.docx)',
      apkg: 'Anki deck (.apkg)',
      cards: 'Cards as text (.txt)',
      bundle: 'Konspekt file (.konspekt)',
    },
    errors: {
      not_a_bundle: 'This is no Konspekt file. Such files end in .konspekt and are saved with “Export”.',
      bundle_too_new: 'The file was saved by a newer Konspekt. Update the program.',
      bundle_too_large: 'The file is too large: it holds more text than one chat takes.',
      bundle_damaged: 'The file is damaged: its sources are not the ones that the synopsis cites. Save it anew where it comes from.',
      no_cards: 'This synopsis has no questions for self-check and no terms, so there is nothing to make cards of.',
      no_browser:
        'A PDF is printed by Chrome, Edge or Chromium, and none of them is here. Install one, or save the page (HTML) and print it.',
      print_failed: 'The page was not printed. Save it (HTML) and print it yourself.',
      bad_path: 'Give the whole path of the file.',
      not_ready: 'The synopsis is still being made. Save it when it is ready.',
      cannot_write: 'The file cannot be written to that folder. Choose another one.',
    },
  },
};
