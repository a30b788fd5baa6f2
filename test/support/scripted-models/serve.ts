import { parseArgs } from 'node:util';
import type { Script, ScriptedReply } from './script.ts';
import { startScriptedServer, type Flavour } from './scripted-server.ts';

const help = `A provider of models for trying the program by hand. It repeats what it is told, or follows a script.

  node test/support/scripted-models/serve.ts [--port 11434] [--flavour plain|ollama|lm_studio|llama_cpp|open_router]
       [--key secret] [--rate 20] [--script replies.json]

  --rate     words in a second
  --script   a JSON file with a list of replies (see script.ts); the last one is repeated
`;

const flavours: readonly Flavour[] = ['plain', 'ollama', 'lm_studio', 'llama_cpp', 'open_router'];
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    flavour: { type: 'string', default: 'plain' },
    key: { type: 'string' },
    rate: { type: 'string' },
    script: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const flavour = flavours.find(name => name === values.flavour);
if (values.help || flavour === undefined) {
  process.stdout.write(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  const server = await startScriptedServer({
    port: Number(values.port),
    flavour,
    ...(values.key === undefined ? {} : { apiKey: values.key }),
    script: await chosenScript(values.script, values.rate === undefined ? null : Number(values.rate)),
    onRequest: ({ number, wire, model, stream }) => {
      process.stdout.write(`${number}. ${wire} ${model}${stream ? ', streamed' : ''}\n`);
    },
  });
  process.stdout.write(`${server.baseUrl}  (Ctrl+C ends it)\n`);
  process.once('SIGINT', () => void server.close());
  process.once('SIGTERM', () => void server.close());
}

async function chosenScript(path: string | undefined, rate: number | null): Promise<Script> {
  if (path === undefined) {
    const delivery = rate === null ? {} : { delivery: { tokensPerSecond: rate } };
    return ({ lastText }) => ({ kind: 'answer', text: `You said: ${lastText}`, ...delivery });
  }
  const { readFile } = await import('node:fs/promises');
  const replies = JSON.parse(await readFile(path, 'utf8')) as readonly ScriptedReply[];
  const [first, ...rest] = replies;
  if (first === undefined) throw new Error(`${path} holds no reply; it takes a list with at least one.`);
  return [first, ...rest];
}
