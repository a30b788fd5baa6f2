import type { Language } from '../../../shared/domain/language.ts';
import type { ToolResult } from '../tools/tool.ts';
import { PathRefused, type PathFault } from './granted-path.ts';

/** Why a file or a folder cannot be used, and what can. For the model, and for the person who reads its steps. */
const faultWords: Readonly<Record<Language, Readonly<Record<PathFault, string>>>> = {
  ru: {
    no_folders: 'Человек не открыл ни одной папки. Он может сделать это в настройках, в разделе «Интернет и папки».',
    not_granted: 'такой папки среди открытых нет. Список: list_files без пути.',
    no_write_right: 'в эту папку можно только смотреть: права записи человек не дал.',
    bad_name: 'в имени есть недопустимые знаки, или оно слишком длинное.',
    hidden: 'скрытые и системные файлы не открываются.',
    leads_out: 'путь ведёт за пределы открытой папки.',
    folder_moved: 'открытая папка перемещена, удалена или заменена ссылкой. Человеку нужно открыть её в настройках заново.',
    not_there: 'этого здесь нет. Посмотрите list_files.',
    no_parent: 'такой папки внутри открытой нет, а новые папки не создаются.',
    is_folder: 'это папка, а не файл.',
    no_file: 'это не обычный файл.',
    no_list: 'это файл, а не папка. Прочитайте его: read_file.',
    is_there: 'файл уже есть. Чтобы заменить его целиком, укажите replace: true; человек это увидит.',
    too_large: 'файл слишком велик, чтобы его прочитать.',
    not_text: 'это не текст и не документ, который можно прочитать.',
    not_written: 'записать не удалось. Возможно, на диске нет места или нет прав на эту папку.',
    no_access: 'система не даёт доступа.',
  },
  en: {
    no_folders: 'The person has granted no folder. It can be done in the settings, under “Web and folders”.',
    not_granted: 'there is no such folder among the granted ones. Their list: list_files without a path.',
    no_write_right: 'this folder may only be looked at: the person gave no right to write.',
    bad_name: 'the name has characters that may not be in it, or is too long.',
    hidden: 'hidden files and those of the system are not opened.',
    leads_out: 'the path leads out of the granted folder.',
    folder_moved: 'the granted folder was moved, removed or replaced by a link. The person has to grant it again in the settings.',
    not_there: 'it is not there. Look with list_files.',
    no_parent: 'the granted folder has no such folder, and new ones are not made.',
    is_folder: 'this is a folder, not a file.',
    no_file: 'this is no ordinary file.',
    no_list: 'this is a file, not a folder. Read it with read_file.',
    is_there: 'the file is there already. To replace all of it, say replace: true; the person will see that.',
    too_large: 'the file is too large to be read.',
    not_text: 'this is neither a text nor a document that can be read.',
    not_written: 'it could not be written. The disk may be full, or the folder may give no right to it.',
    no_access: 'the system gives no access.',
  },
};

/** A refused path as a result; anything else is thrown on. */
export function refusedResult(error: unknown, language: Language): ToolResult {
  if (!(error instanceof PathRefused)) throw error;
  const said = faultWords[language][error.fault];
  return { isError: true, text: error.fault === 'no_folders' ? said : `«${error.path}»: ${said}` };
}
