import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { expect, test } from 'vitest';
import { argumentFault } from './argument-words.ts';

/** What the package says of these arguments, in both languages. */
function faults(...args: string[]): readonly string[] {
  let written = '';
  const program = new Command('konspekt').exitOverride().configureOutput({ outputError: text => (written += text) });
  const refuse = () => {
    throw new InvalidArgumentError('Why.');
  };
  program
    .command('make')
    .argument('<source>')
    .addArgument(new Argument('[count]').argParser(refuse))
    .option('--port <number>', '', refuse)
    .addOption(new Option('--detail <level>').choices(['brief', 'full']))
    .option('--out <file>')
    .addOption(new Option('--quiet').conflicts('out'))
    .action(() => {});
  program
    .command('copy')
    .requiredOption('--to <folder>')
    .action(() => {});
  expect(() => program.parse(args, { from: 'user' })).toThrow(/^error: /u);
  return (['ru', 'en'] as const).map(language => argumentFault(written, language));
}

test.for([
  [['make', 'a', '--port', 'abc'], 'Значение «abc» для --port не подходит. Why.', 'The value "abc" of --port does not fit. Why.'],
  [
    ['make', 'a', '--detail', 'x'],
    'Значение «x» для --detail не подходит. Можно: brief, full.',
    'The value "x" of --detail does not fit. It is one of: brief, full.',
  ],
  [['make', 'a', 'b'], 'Значение «b» для <count> не подходит. Why.', 'The value "b" of <count> does not fit. Why.'],
  [['make'], 'Не хватает <source>.', '<source> is missing.'],
  [['make', 'a', '--out'], 'После --out должно стоять значение.', '--out wants a value after it.'],
  [['make', 'a', '--out', 'b', '--quiet'], '--quiet и --out вместе не указывают.', '--quiet and --out do not go together.'],
  [['copy'], 'Нужно указать --to.', '--to has to be given.'],
  [['make', 'a', '--prt', '1'], 'Параметра --prt нет. Может быть, --port?', 'There is no option --prt. Did you mean --port?'],
  [['cop'], 'Команды «cop» нет. Может быть, copy?', 'There is no command "cop". Did you mean copy?'],
  [
    ['copy', '--to', 'a', 'b c'],
    'Лишние слова: b c. Название из нескольких слов берут в кавычки.',
    'There are words too many: b c. A name of several words goes in quotation marks.',
  ],
] as const)('%j', ([args, ru, en]) => {
  expect(faults(...args)).toEqual([ru, en]);
});

test('what is not known is told as it is', () => {
  expect(argumentFault('error: something of tomorrow\n', 'ru')).toBe('something of tomorrow');
});
