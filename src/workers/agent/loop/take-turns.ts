import type { AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import type { AgentSetup, ModelStep, ToolStep } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { ProgressPhase } from '../../../shared/domain/progress.ts';
import { ModelFailure } from '../models/model-failure.ts';
import { openModel } from '../models/open-model.ts';
import { orWaitForNetwork } from '../models/or-wait-for-network.ts';
import type { Tool } from '../tools/tool.ts';
import type { AgentContext } from './agent-context.ts';
import { modelTool, usedModelOf } from './agent-setup.ts';
import type { AnswerText } from './answer-text.ts';
import type { AnswerWriter } from './answer-writer.ts';
import { callModel, type ModelTool } from './call-model.ts';
import { callTool } from './call-tool.ts';
import { delimitedData } from './delimited-data.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { findMaterial } from './find-material.ts';
import { modelPrompt, type Turn } from './model-prompt.ts';
import { readCall } from './read-call.ts';
import type { ShownPassages } from './shown-passages.ts';
import { systemPrompt } from './system-prompt.ts';

/** Share of a context that is left for the answer, and the most of it: the longest answers have some 4,000 tokens. */
const answerShare = 0.25;
const mostAnswerTokens = 4_096;
/** Answers in a row of which no call could be read. A model that has been told three times what is wrong does not learn it. */
const misreadLimit = 3;
const closing: Readonly<Record<Language, string>> = {
  ru: 'Больше вызовов инструментов не будет. Ответь сейчас тем, что уже известно, и скажи, чего не хватило.',
  en: 'There will be no more calls of tools. Answer now with what is known, and say what was missing.',
};

/** What a person is told while a tool is at work. */
const phaseOf: Readonly<Record<string, ProgressPhase>> = {
  search_material: 'searching',
  search_web: 'searching',
  fetch_page: 'fetching',
  read_document: 'reading',
  read_result: 'reading',
  read_file: 'reading',
  list_files: 'reading',
  write_file: 'saving',
};

export interface TurnsParams {
  readonly input: AgentInput;
  readonly context: AgentContext;
  readonly setup: AgentSetup;
  /** While the setup is being recorded, nothing else is yet, and the first call begins at once; null once it is. */
  readonly setupRecorded: Promise<unknown> | null;
  /** Ends the model's work. */
  readonly signal: AbortSignal;
  /** All there are; those of the setup are offered. */
  readonly tools: readonly Tool[];
  readonly passages: ShownPassages;
  readonly answer: AnswerText;
  readonly writer: AnswerWriter;
}

/** All turns of an agent: its last one calls no tool. */
export async function takeTurns(params: TurnsParams): Promise<readonly Turn[]> {
  const { input, context, setup, passages, answer, writer, signal } = params;
  // One that has gone since the job began is told as such when it is called.
  const offered = new Set(setup.tools);
  const tools = new Map(params.tools.filter(({ name }) => offered.has(name)).map(tool => [tool.name, tool]));
  const data = delimitedData();
  const conversation = input.task === null ? input.conversation.slice(0, -1) : input.conversation;
  let task = input.task ?? input.conversation.at(-1)?.text ?? '';
  const system = systemPrompt(setup.prompt, input, data);
  const model = openModel(input.connection);
  const { contextTokens } = input.connection;
  const turns: Turn[] = [];
  const results = new Map<string, ToolStep>();
  let modelTools: readonly ModelTool[] = [...tools.values()].map(tool => modelTool(tool, input));

  function onlyMisread(last: readonly Turn[]): boolean {
    const isMisread = ({ step }: Turn): boolean => step.calls.every(made => 'problem' in readCall(made, tools, input.language));
    return last.length === misreadLimit && last.every(isMisread);
  }

  async function withoutTools(): Promise<void> {
    modelTools = [];
    task += await findMaterial(task, { input, context, passages, delimit: data.delimit });
  }

  function call(number: number, shareOfRoom: number): Promise<ModelStep> {
    const isLast = number >= setup.maxModelCalls || onlyMisread(turns.slice(-misreadLimit));
    const room = contextTokens - Math.min(mostAnswerTokens, contextTokens * answerShare) - estimateTokens(JSON.stringify(modelTools));
    const prompt = modelPrompt({
      system,
      conversation,
      isCut: input.isCut,
      task,
      turns,
      closing: isLast && turns.length > 0 ? closing[input.language] : null,
      language: input.language,
      delimit: data.delimit,
      contextTokens,
      budget: room * shareOfRoom,
    });
    return callModel({
      model,
      connection: input.connection,
      prompt,
      tools: modelTools,
      mayCallTools: !isLast && modelTools.length > 0,
      usedIds: new Set(turns.flatMap(({ step }) => step.calls.map(({ id }) => id))),
      number,
      signal,
      onText: text => {
        writer.append(answer.push(text));
      },
      charge: used => {
        context.charge(used);
      },
    }).then(step => ({ ...step, model: usedModelOf(input.connection) }));
  }

  function callFitting(number: number): Promise<ModelStep> {
    const shown = answer.whole().length;
    return call(number, 1).catch((error: unknown) => {
      // A context smaller than was said: once more with half of it.
      if (isFailure(error, 'context_too_long') && answer.whole().length === shown) return call(number, 0.5);
      throw error;
    });
  }

  /** The first call of all, under way while the setup is being recorded; it is shown once its step begins. */
  let early: Promise<ModelStep> | null = null;

  /** One call of the model, recorded; null when it takes no tools at all and is to be called without. */
  async function modelStep(number: number): Promise<ModelStep | null> {
    let isLive = false;
    try {
      const step = await context.step(`model:${number}`, async () => {
        await params.setupRecorded;
        isLive = true;
        writer.begin();
        context.report({ phase: 'answering', label: null, done: null, total: null });
        const asked = early ?? callFitting(number);
        early = null;
        return orWaitForNetwork(() => asked, context);
      });
      if (!isLive) writer.append(answer.push(step.text));
      writer.append(answer.endCall());
      if (isLive) await writer.settle();
      return step;
    } catch (error) {
      if (turns.length === 0 && modelTools.length > 0 && takesNoTools(error)) return null;
      throw error;
    }
  }

  async function toolResults(number: number, step: ModelStep): Promise<Turn['results']> {
    const before = turns.flatMap(turn => turn.step.calls);
    const made: Turn['results'][number][] = [];
    for (const [index, toolCall] of step.calls.entries()) {
      const place = `${number}.${index}`;
      context.report({ phase: phaseOf[toolCall.tool] ?? 'answering', label: null, done: null, total: null });
      const earlier = [...before, ...step.calls.slice(0, index)];
      const result = await callTool({ call: toolCall, place, before: earlier, tools, input, results, passages, context });
      passages.add(result.passages ?? []);
      results.set(`r${place}`, result);
      made.push({ call: toolCall, id: `r${place}`, result });
    }
    return made;
  }

  if (modelTools.length === 0) await withoutTools();
  if (params.setupRecorded !== null) {
    early = callFitting(1);
    // Its step says what became of it, if it comes to that.
    early.catch(() => {});
  }
  for (let number = 1; ; number += 1) {
    const step = await modelStep(number);
    if (step === null) {
      await withoutTools();
      continue;
    }
    turns.push({ step, results: await toolResults(number, step) });
    if (step.calls.length === 0) return turns;
  }
}

function isFailure(error: unknown, ...codes: readonly ModelFailure['code'][]): boolean {
  return error instanceof ModelFailure && codes.includes(error.code);
}

/** As Ollama, LM Studio and OpenRouter put it; a request that is refused costs nothing. */
function takesNoTools(error: unknown): boolean {
  return (
    isFailure(error, 'refused_request', 'model_not_found', 'wrong_address') &&
    /tool use|support (?:\w+ )?tools?|tools? (?:is|are) not supported|function.?call/iu.test(String(error))
  );
}
