import { Option, type Command } from 'commander';
import { modelRoles, providerKinds, type ModelRole, type ProviderKind } from '../../shared/domain/provider.ts';
import type { Run } from './command-context.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { modelWordsFor } from './model-words.ts';
import { addProvider, listModels, removeProvider, setPrice, testModel, useModel } from './commands/models.ts';
import { count } from './count-argument.ts';
import { usdPerMillion } from './usd-argument.ts';

const modelsHelp = `
A key is never an argument, which other accounts of the machine could read: it comes from a variable of the environment or
from standard input. It is kept encrypted; a key that the desktop program's keyring keeps is the desktop program's alone.

Examples:
  konspekt models add http://127.0.0.1:11434/v1 --name Ollama
  konspekt models add --kind anthropic --key-env ANTHROPIC_API_KEY
  pass show openrouter | konspekt models add https://openrouter.ai/api/v1 --name OpenRouter --key-stdin
  konspekt models use chat Ollama qwen3:8b --context 32768
  konspekt models test Ollama
  konspekt models use chat none
  konspekt models price OpenAI gpt-5-mini --input 0.25 --output 2

JSON of list: one object with providers, choices, prices, answering and secrets (strong, weak, unavailable).
`;

/** `konspekt models …`. */
export function addModelsCommand(program: Command, run: Run): void {
  const models = program.command('models').description('providers of models, and which model does what').addHelpText('after', modelsHelp);
  models
    .command('list', { isDefault: true })
    .description('providers with their models, and the model of each role')
    .option('--json', 'as one JSON object', false)
    .action(run(async (ctx, options: { json: boolean }) => listModels(ctx, options)));
  models
    .command('add')
    .description('add a provider, or give one of this name another address or key')
    .argument('[address]', 'where it answers; for openai, anthropic and google their own')
    .addOption(new Option('--kind <kind>', 'the wire it speaks').choices(providerKinds).default('openai_compatible'))
    .option('--name <name>', 'what you call it')
    .addOption(new Option('--key-env <variable>', 'the variable of the environment that holds the key').conflicts('keyStdin'))
    .option('--key-stdin', 'the key comes on standard input', false)
    .action(
      run(async (ctx, address: string | undefined, options: { kind: ProviderKind; name?: string; keyEnv?: string; keyStdin: boolean }) =>
        addProvider(ctx, address ?? null, options),
      ),
    );
  models
    .command('test')
    .description('one real call of a model')
    .argument('<provider>', 'its name or id')
    .argument('[model]', 'the one chosen for a role, or else the first, when left out')
    .action(run(async (ctx, provider: string, model: string | undefined) => testModel(ctx, provider, model ?? null)));
  models
    .command('use')
    .description('choose the model of a role; "none" takes the choice away')
    .addArgument(models.createArgument('<role>').choices(modelRoles))
    .argument('<provider>', 'its name or id, or "none"')
    .argument('[model]')
    .option('--context <tokens>', 'size of the model’s context (default: what the endpoint tells)', count)
    .action(
      run(async (ctx, role: ModelRole, provider: string, model: string | undefined, options: { context?: number }) =>
        useModel(ctx, role, provider, model ?? null, options.context ?? null),
      ),
    );
  models
    .command('price')
    .description('what you pay for a model; without the options, what is published holds again')
    .argument('<provider>', 'its name or id')
    .argument('<model>')
    .option('--input <usd>', 'US dollars for a million tokens of input', usdPerMillion)
    .option('--output <usd>', 'the same for what it writes', usdPerMillion)
    .option('--cached <usd>', 'the same for input from the provider’s cache (default: as any input)', usdPerMillion)
    .action(
      run(async (ctx, provider: string, model: string, { input, output, cached }: { input?: number; output?: number; cached?: number }) => {
        if (input === undefined && output === undefined && cached === undefined) return setPrice(ctx, provider, model, null);
        if (input === undefined || output === undefined) throw new CommandError(exitCodes.usage, modelWordsFor(ctx.locale).priceNeedsBoth);
        return setPrice(ctx, provider, model, { input, output, cached: cached ?? null, upToInputTokens: null });
      }),
    );
  models
    .command('remove')
    .description('remove a provider with its key')
    .argument('<provider>', 'its name or id')
    .action(run(async (ctx, provider: string) => removeProvider(ctx, provider)));
}
