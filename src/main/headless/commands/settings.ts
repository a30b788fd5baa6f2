import { z } from 'zod';
import type { Client } from '../../../shared/contract/client.ts';
import { weekdays } from '../../../shared/domain/quiet-hours.ts';
import { settingsChange, wishesCharLimit, type Settings } from '../../../shared/domain/settings.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { allSettingNames, settingNames, type SettingName } from '../setting-names.ts';
import { settingsWordsFor, type SettingsWords } from '../settings-words.ts';
import { unwrap } from '../unwrap.ts';

export type ListChange = 'replace' | 'add' | 'remove';

export function listSettings(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const settings = await current(client, context);
    if (options.json) context.out.write(`${JSON.stringify(settings)}\n`);
    else {
      const words = settingsWordsFor(context.locale);
      for (const name of allSettingNames) {
        const value = shown(settings[settingNames[name]]);
        context.out.write(`${name}  ${value === '' ? words.nothing : value}  — ${words.about[name]}\n`);
      }
    }
    return exitCodes.done;
  });
}

/** The bare value, for scripts. */
export async function getSetting(context: CommandContext, given: string): Promise<ExitCode> {
  const name = nameOf(given, context);
  return withProgram(context, { works: false }, async ({ client }) => {
    context.out.write(`${shown((await current(client, context))[settingNames[name]])}\n`);
    return exitCodes.done;
  });
}

export async function setSetting(context: CommandContext, given: string, values: readonly string[], how: ListChange): Promise<ExitCode> {
  const words = settingsWordsFor(context.locale);
  const name = nameOf(given, context);
  const typed = typedOfList(name);
  if (typed === null) {
    if (how !== 'replace') throw new CommandError(exitCodes.usage, words.notAList(name));
    const [value] = values;
    if (value === undefined || values.length > 1) throw new CommandError(exitCodes.usage, words.needsOneValue(name));
    // Before anything is opened for it.
    checked(name, read(name, value), value, words);
  }
  return withProgram(context, { works: false }, async ({ client }) => {
    const before = await current(client, context);
    const listed = before[settingNames[name]];
    const value = typed !== null && Array.isArray(listed) ? listAfter(listed, values.map(typed), how) : read(name, values[0] ?? '');
    const change = checked(name, value, values.join(' '), words);
    const after = unwrap(await client.call('settings.set', change), context.words);
    context.out.write(`${name}  ${shown(after[settingNames[name]]) || words.nothing}\n`);
    return exitCodes.done;
  });
}

function nameOf(given: string, { locale }: CommandContext): SettingName {
  const name = allSettingNames.find(each => each === given || settingNames[each] === given);
  if (name === undefined)
    throw new CommandError(exitCodes.usage, settingsWordsFor(locale).noSuchSetting(printable(given), allSettingNames.join(', ')));
  return name;
}

/** A change of nothing answers with what is. */
async function current(client: Client, { words }: CommandContext): Promise<Settings> {
  return unwrap(await client.call('settings.set', {}), words);
}

/** The browser that the program finds by itself. */
const foundBrowser = 'auto';

/** Yes, no and numbers as JSON has them; everything else is text. */
function read(name: SettingName, value: string): unknown {
  if (name === 'browser') return value === foundBrowser ? null : value;
  if (name === 'wishes') return value;
  return /^(?:true|false|\d+)$/u.test(value) ? (JSON.parse(value.replace(/^0+(?=\d)/u, '')) as unknown) : value;
}

/** Of an address that was pasted whole, its host is meant. */
function hostOf(value: string): string {
  const url = /^https?:\/\//iu.test(value) ? URL.parse(value) : null;
  return (url?.host ?? value).toLowerCase();
}

/** What is meant by an entry of a list as it was typed; null where the setting is no list. */
function typedOfList(name: SettingName): ((typed: string) => string) | null {
  if (name === 'allowed-hosts') return hostOf;
  return name === 'quiet-days' ? day => day.toLowerCase() : null;
}

function listAfter(before: readonly string[], given: readonly string[], how: ListChange): string[] {
  if (how === 'remove') return before.filter(each => !given.includes(each));
  return [...new Set(how === 'add' ? [...before, ...given] : given)];
}

function checked(name: SettingName, value: unknown, given: string, words: SettingsWords): z.output<typeof settingsChange> {
  const change = settingsChange.safeParse({ [settingNames[name]]: value });
  const isHosts = name !== 'allowed-hosts' || (Array.isArray(value) && value.every(host => /^[^\s/@]+$/u.test(String(host))));
  if (change.success && isHosts) return change.data;
  throw new CommandError(exitCodes.usage, words.badValue(name, printable(given), fitting(name, words)));
}

/** What fits, told from the schema itself. */
function fitting(name: SettingName, words: SettingsWords): string {
  const field = settingsChange.shape[settingNames[name]].unwrap();
  if (field instanceof z.ZodEnum) return field.options.join(' | ');
  if (field instanceof z.ZodBoolean) return 'true | false';
  if (field instanceof z.ZodNumber) return words.wholeNumber(Number(field.minValue), Number(field.maxValue));
  if (name === 'quiet-days') return words.days(weekdays.join(' '));
  if (name === 'quiet-from' || name === 'quiet-to') return words.timeOfDay;
  if (name === 'wishes') return words.wishes(wishesCharLimit);
  return name === 'browser' ? words.browserPath : words.hosts(mostHosts);
}

/** As the schema has it. */
const mostHosts = 100;

function shown(value: Settings[keyof Settings]): string {
  if (value === null) return foundBrowser;
  return printable(Array.isArray(value) ? value.join(' ') : String(value));
}
