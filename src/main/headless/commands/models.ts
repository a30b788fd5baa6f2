import { randomUUID } from 'node:crypto';
import type { Client } from '../../../shared/contract/client.ts';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { modelRoles, type ModelRole, type ProviderKind, type ProviderView } from '../../../shared/domain/provider.ts';
import type { ModelPrice } from '../../../shared/domain/price.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { givenKey } from '../given-key.ts';
import { modelWordsFor } from '../model-words.ts';
import { printable } from '../printable.ts';
import { unwrap } from '../unwrap.ts';

type All = CallOutput<'providers.list'>;

export function listModels(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  const words = modelWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const { revision: _, ...all } = await everything(client, context);
    const line = (text_: string) => context.out.write(`${printable(text_)}\n`);
    if (options.json) {
      context.out.write(`${JSON.stringify(all)}\n`);
      return exitCodes.done;
    }
    if (all.providers.length === 0) line(words.none);
    for (const { name, baseUrl, hasKey, models, modelsSeenAtMs } of all.providers) {
      line(`${name}  ${baseUrl}${hasKey ? `  ${words.withKey}` : ''}${modelsSeenAtMs === null ? `  ${words.notListed}` : ''}`);
      for (const { id, contextTokens } of models) line(`  ${id}${contextTokens === null ? '' : `  ${words.context(contextTokens)}`}`);
    }
    if (all.providers.length > 0) for (const role of modelRoles) line(roleLine(all, role, context));
    if (!all.answering.can && all.providers.length > 0) line(words.answering[all.answering.reason]);
    return exitCodes.done;
  });
}

export async function addProvider(
  context: CommandContext,
  address: string | null,
  options: { readonly kind: ProviderKind; readonly name?: string; readonly keyEnv?: string; readonly keyStdin: boolean },
): Promise<ExitCode> {
  const words = modelWordsFor(context.locale);
  if (address === null && options.kind === 'openai_compatible') throw new CommandError(exitCodes.usage, words.needsAddress);
  const name = options.name ?? (address === null ? options.kind : (URL.parse(address)?.host ?? address).slice(0, 80));
  const key = await givenKey(options, context);
  return withProgram(context, { works: false }, async ({ client }) => {
    const { providers, secrets } = await everything(client, context);
    if (key?.is === 'new' && secrets === 'weak') context.err.write(`${words.weak}\n`);
    const before = providers.find(provider => provider.name === name);
    const saved = unwrap(
      await client.call('providers.save', {
        requestKey: randomUUID(),
        providerId: before?.id ?? null,
        kind: options.kind,
        name,
        baseUrl: address,
        ...(key === undefined ? {} : { key }),
      }),
      context.words,
    );
    const asked = await client.call('providers.models', { providerId: saved.id });
    context.out.write(
      `${printable(asked.ok ? words.added(name, asked.value.models.length) : words.addedSilent(name, context.words.refusals[asked.error.code] ?? asked.error.message))}\n`,
    );
    return asked.ok ? exitCodes.done : exitCodes.failed;
  });
}

export function testModel(context: CommandContext, given: string, model: string | null): Promise<ExitCode> {
  const words = modelWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const all = await everything(client, context);
    const provider = findProvider(all, given, context);
    const chosen = modelRoles.map(role => all.choices[role]).find(choice => choice?.providerId === provider.id)?.modelId;
    const modelId = model ?? chosen ?? provider.models[0]?.id;
    if (modelId === undefined) throw new CommandError(exitCodes.usage, words.needsModel(printable(provider.name)));
    const { firstMs } = unwrap(await client.call('providers.test', { providerId: provider.id, modelId }), context.words);
    context.out.write(`${printable(words.tested(modelId, firstMs))}\n`);
    return exitCodes.done;
  });
}

export function useModel(
  context: CommandContext,
  role: ModelRole,
  given: string,
  model: string | null,
  contextTokens: number | null,
): Promise<ExitCode> {
  const words = modelWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const isNone = given === 'none' && model === null;
    const provider = isNone ? null : findProvider(await everything(client, context), given, context);
    if (provider !== null && model === null) throw new CommandError(exitCodes.usage, words.needsModel(printable(provider.name)));
    const choice = provider === null || model === null ? null : { providerId: provider.id, modelId: model, contextTokens };
    unwrap(await client.call('providers.choose', { role, choice }), context.words);
    context.out.write(`${printable(roleLine(await everything(client, context), role, context))}\n`);
    return exitCodes.done;
  });
}

/** Null takes the person's word away. */
export function setPrice(context: CommandContext, given: string, modelId: string, price: ModelPrice | null): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const provider = findProvider(await everything(client, context), given, context);
    unwrap(await client.call('providers.price', { providerId: provider.id, modelId, price }), context.words);
    const words = modelWordsFor(context.locale);
    context.out.write(`${printable(price === null ? words.priceForgotten(modelId) : words.priced(modelId, price.input, price.output))}\n`);
    return exitCodes.done;
  });
}

export function removeProvider(context: CommandContext, given: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const provider = findProvider(await everything(client, context), given, context);
    unwrap(await client.call('providers.remove', { providerId: provider.id }), context.words);
    context.out.write(`${printable(modelWordsFor(context.locale).removed(provider.name))}\n`);
    return exitCodes.done;
  });
}

async function everything(client: Client, { words }: CommandContext): Promise<All> {
  return unwrap(await client.call('providers.list', {}), words);
}

function findProvider({ providers }: All, given: string, { locale }: CommandContext): ProviderView {
  const words = modelWordsFor(locale);
  const found = providers.filter(({ id, name }) => id === given || name.toLowerCase() === given.toLowerCase());
  const [first] = found;
  if (first === undefined) throw new CommandError(exitCodes.notFound, words.noSuchProvider(printable(given)));
  if (found.length > 1) throw new CommandError(exitCodes.usage, words.severalProviders(printable(given)));
  return first;
}

function roleLine(
  { providers, choices, prices }: Pick<All, 'providers' | 'choices' | 'prices'>,
  role: ModelRole,
  { locale }: CommandContext,
): string {
  const words = modelWordsFor(locale);
  const choice = choices[role];
  if (choice === undefined) return words.noRole(role);
  const provider = providers.find(({ id }) => id === choice.providerId)?.name ?? '';
  const known = prices.find(({ providerId, modelId }) => providerId === choice.providerId && modelId === choice.modelId);
  return [words.role(role, choice.modelId, provider), words.context(choice.contextTokens), words.price(known?.price ?? null)].join('  ');
}
