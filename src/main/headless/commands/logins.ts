import { text } from 'node:stream/consumers';
import { v4 as newUuid } from 'uuid';
import type { LoginView } from '../../../shared/domain/browser-login.ts';
import { withProgram } from '../attach.ts';
import { browserWordsFor, type BrowserCommandWords } from '../browser-words.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findLogin } from '../find-login.ts';
import { printable } from '../printable.ts';
import { unwrap } from '../unwrap.ts';

export function listLogins(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  const own = browserWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const { logins } = unwrap(await client.call('browser.logins', {}), context.words);
    if (options.json) context.out.write(`${JSON.stringify(logins)}\n`);
    else if (logins.length === 0) context.out.write(`${own.noLogins}\n`);
    else for (const login of logins) context.out.write(`${printable(lineOf(login, own))}\n`);
    return exitCodes.done;
  });
}

function lineOf({ name, hosts, hasPassword, isLocked, isInUse, sessionAtMs }: LoginView, own: BrowserCommandWords): string {
  return [
    name,
    hosts.join(', '),
    sessionAtMs === null ? own.notSignedIn : own.signedIn(sessionAtMs),
    ...(hasPassword ? [own.keepsPassword] : []),
    ...(isLocked ? [own.lockedLogin] : []),
    ...(isInUse ? [own.loginInUse] : []),
  ].join('  ');
}

export interface AddLoginOptions {
  readonly user?: string;
  readonly passwordStdin: boolean;
}

export async function addLogin(
  context: CommandContext,
  name: string,
  sites: readonly string[],
  { user, passwordStdin }: AddLoginOptions,
): Promise<ExitCode> {
  const own = browserWordsFor(context.locale);
  const password = passwordStdin ? await givenPassword(own) : null;
  const requestKey = newUuid();
  return withProgram(context, { works: false }, async ({ client }) => {
    const { secrets } = unwrap(await client.call('browser.logins', {}), context.words);
    if (secrets === 'weak') context.err.write(`${own.weakLogin}\n`);
    const login = { requestKey, name, sites: [...sites], user: user ?? null, password, acceptWeak: true };
    const added = unwrap(await client.call('browser.saveLogin', login), context.words);
    context.out.write(`${printable(own.loginAdded(added.name, added.hosts.join(', ')))}\n`);
    return exitCodes.done;
  });
}

/** The first line of what comes. SECURITY: never from an argument, which every program of the machine can see; written nowhere. */
async function givenPassword(own: BrowserCommandWords): Promise<string> {
  const [line = ''] = process.stdin.isTTY ? [] : (await text(process.stdin)).split(/\r?\n/u, 1);
  if (line === '') throw new CommandError(exitCodes.usage, own.noPassword);
  return line;
}

export function removeLogin(context: CommandContext, name: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const login = await findLogin(client, name, context);
    unwrap(await client.call('browser.removeLogin', { id: login.id }), context.words);
    context.out.write(`${printable(browserWordsFor(context.locale).loginRemoved(login.name))}\n`);
    return exitCodes.done;
  });
}

export function forgetSession(context: CommandContext, name: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const login = await findLogin(client, name, context);
    unwrap(await client.call('browser.forgetSession', { id: login.id }), context.words);
    context.out.write(`${printable(browserWordsFor(context.locale).loginForgotten(login.name))}\n`);
    return exitCodes.done;
  });
}
