import type { Language } from './language.ts';
import type { McpFailure } from './mcp.ts';

/** Refusals of the program itself while an MCP server is set up; those of addresses and keys are the models'. */
type McpErrorCode = 'name_taken' | 'too_many_servers' | 'value_missing';

/** Why an MCP server does not work, or cannot be saved, and what helps; the window and the command line say the same. */
export const mcpWords: Readonly<
  Record<Language, { readonly failures: Readonly<Record<McpFailure, string>>; readonly errors: Readonly<Record<McpErrorCode, string>> }>
> = {
  ru: {
    failures: {
      not_started: 'Программа сервера не запускается. Проверьте команду: программа должна быть установлена и находиться без оболочки.',
      ended: 'Программа сервера закрылась. Проверьте аргументы и переменные.',
      timed_out:
        'Сервер не ответил вовремя. Если его ещё скачивает npx или uvx, проверьте сеть и повторите; если нет, проверьте, что это MCP-сервер.',
      unreachable: 'Сервер недоступен. Проверьте адрес и сеть.',
      unauthorized: 'Сервер не принял заголовки. Проверьте ключ и введите его заново.',
      bad_answer: 'Ответ не похож на ответ MCP-сервера. Проверьте команду или адрес.',
    },
    errors: {
      name_taken: 'Сервер с таким названием уже есть. Выберите другое.',
      too_many_servers: 'Серверов слишком много. Удалите тот, который больше не нужен.',
      value_missing: 'У переменной или заголовка нет значения. После смены команды или адреса значения вводят заново.',
    },
  },
  en: {
    failures: {
      not_started: 'The program of the server does not start. Check the command: it has to be installed and to run without a shell.',
      ended: 'The program of the server has ended. Check its arguments and variables.',
      timed_out:
        'The server did not answer in time. If npx or uvx is still fetching it, check the network and try again; if not, check that it is an MCP server.',
      unreachable: 'The server cannot be reached. Check the address and the network.',
      unauthorized: 'The server did not accept the headers. Check the key and enter it again.',
      bad_answer: 'The answer is not one of an MCP server. Check the command or the address.',
    },
    errors: {
      name_taken: 'There is a server of this name already. Choose another.',
      too_many_servers: 'There are too many servers. Remove one that is not needed any more.',
      value_missing: 'A variable or header has no value. After another command or address values are entered again.',
    },
  },
};
