import type { Language } from '../../shared/domain/language.ts';
import { mcpWords } from '../../shared/domain/mcp-words.ts';
import type { McpFailure } from '../../shared/domain/mcp.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt mcp` says. */
interface McpCommandWords {
  readonly none: string;
  readonly withValues: string;
  readonly notTested: string;
  readonly locked: string;
  readonly forAgents: (agents: readonly string[]) => string;
  readonly free: string;
  readonly asks: string;
  readonly saysReadOnly: string;
  readonly works: (name: string, tools: number) => string;
  readonly leftOut: (count: number) => string;
  readonly unmarked: (tools: string) => string;
  readonly failed: (name: string, reason: string) => string;
  readonly failure: Readonly<Record<McpFailure, string>>;
  readonly removed: (name: string) => string;
  readonly noSuchServer: (name: string) => string;
  readonly weak: string;
  readonly badName: string;
  readonly commandOrUrl: string;
  readonly noValue: (variable: string) => string;
  readonly notGiven: (option: string) => string;
}

const ru: McpCommandWords = {
  none: 'MCP-серверов нет. Добавьте: konspekt mcp add files -- npx -y @modelcontextprotocol/server-filesystem ~/Documents',
  withValues: 'со значениями',
  notTested: 'не проверен',
  locked: 'значения здесь не открыть',
  forAgents: agents => `для: ${agents.length === 0 ? 'никого' : agents.join(', ')}`,
  free: 'без вопроса',
  asks: 'спрашивает',
  saysReadOnly: 'по словам сервера, только читает',
  works: (name, tools) => `${name}: работает, инструментов: ${tools}`,
  leftOut: count => `Не взято инструментов: ${count}. Они неверно описаны или их слишком много.`,
  unmarked: tools => `Изменились и снова спрашивают: ${tools}`,
  failed: (name, reason) => `${name}: не работает. ${reason}`,
  failure: mcpWords.ru.failures,
  removed: name => `${name}: удалён вместе со значениями`,
  noSuchServer: name => `MCP-сервера «${name}» нет. См.: konspekt mcp list`,
  weak: 'Здесь нет хранилища ключей: значения зашифрованы, а файл с шифром лежит рядом в папке данных. Их защищают только права вашей учётной записи.',
  badName: 'Название — это до 24 латинских строчных букв, цифр и дефисов.',
  commandOrUrl: 'Назовите либо команду после --, либо адрес: --url https://…',
  noValue: variable => `В переменной окружения ${variable} ничего нет.`,
  notGiven: option => `${option} здесь ни к чему: переменные бывают у программы, а заголовки у адреса.`,
};

const en: McpCommandWords = {
  none: 'There are no MCP servers. Add one: konspekt mcp add files -- npx -y @modelcontextprotocol/server-filesystem ~/Documents',
  withValues: 'with values',
  notTested: 'not tested',
  locked: 'the values cannot be opened here',
  forAgents: agents => `for: ${agents.length === 0 ? 'nobody' : agents.join(', ')}`,
  free: 'does not ask',
  asks: 'asks',
  saysReadOnly: 'only reads, the server says',
  works: (name, tools) => `${name}: works, tools: ${tools}`,
  leftOut: count => `Tools left out: ${count}. They are badly described, or too many.`,
  unmarked: tools => `Have changed and ask again: ${tools}`,
  failed: (name, reason) => `${name}: does not work. ${reason}`,
  failure: mcpWords.en.failures,
  removed: name => `${name}: removed, with its values`,
  noSuchServer: name => `There is no MCP server "${name}". See: konspekt mcp list`,
  weak: 'There is no keyring here: the values are encrypted, and what opens them lies beside them in the data folder. Only the rights of your account protect them.',
  badName: 'A name is at most 24 small Latin letters, digits and hyphens.',
  commandOrUrl: 'Give either a command after --, or an address: --url https://…',
  noValue: variable => `The environment variable ${variable} is empty.`,
  notGiven: option => `${option} is of no use here: a program has variables, an address has headers.`,
};

const words: Readonly<Record<Language, McpCommandWords>> = { ru, en };

export function mcpWordsFor(locale: string): McpCommandWords {
  return words[spokenLanguage(locale)];
}
