import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import { foreignFigures } from '../../shared/domain/claim-figures.ts';
import type { AuditedItem, Verdict } from '../../shared/domain/synopsis-audit.ts';
import { delimitedData } from '../agent/loop/delimited-data.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import { promptVersion, synopsisPrompts } from './prompts/synopsis-prompts.ts';
import { verdict } from './with-model/answer-shapes.ts';
import { askForItems } from './with-model/ask-for-items.ts';
import { createAsk } from '../agent/loop/recorded-call.ts';

type Claim = TaskInput<'synopsis.audit'>['claims'][number];

/** Claims judged in one call: more of them are judged by habit, fewer cost the same words again. */
const claimsInCall = 8;
/** As the result's schema bounds them. */
const figureLimit = 20;
const figureLength = 64;

/**
 * Judges each claim of a finished synopsis by its quotes alone: a model says whether it follows from them, and numbers are
 * compared without one. A call that gives nothing that can be read leaves its claims without a verdict.
 */
export async function auditSynopsis(
  { claims, models, language }: TaskInput<'synopsis.audit'>,
  context: TaskContext<'synopsis.audit'>,
): Promise<TaskOutput<'synopsis.audit'>> {
  const prompts = synopsisPrompts[language];
  const data = delimitedData();
  const ask = createAsk(models, context);
  const fixed = `${prompts.judge}\n\n${prompts.judgeShape}`;
  const system = `${fixed}\n\n${data.rule(language)}`;
  const items: AuditedItem[] = [];
  let judge: TaskOutput<'synopsis.audit'>['judge'] | null = null;
  async function judged(batch: readonly Claim[]): Promise<AuditedItem[]> {
    const listed = batch.map(({ text, quotes }, index) =>
      [`${prompts.claim} ${index + 1}: ${oneLine(text)}`, `${prompts.quotes}:`, ...quotes.map(quote => `— ${oneLine(quote)}`)].join('\n'),
    );
    const asked = await askForItems(
      {
        purpose: 'audit',
        system,
        task: `${data.delimit(prompts.claim, listed.join('\n\n'))}\n\n${prompts.judgeTask}`,
        content: [`v${promptVersion}`, fixed, ...listed],
      },
      verdict,
      { ask, prompts },
    );
    if (asked.outcome === 'answered') judge ??= { provider: asked.by.provider, model: asked.by.model };
    // What does not fit is judged in halves, as long as there are any: a claim with long quotes costs the others nothing.
    if ((asked.outcome === 'too_long' || asked.outcome === 'cut') && batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      return [...(await judged(batch.slice(0, middle))), ...(await judged(batch.slice(middle)))];
    }
    const said = new Map<number, Verdict>(asked.outcome === 'answered' ? asked.items.map(each => [each.item, each.verdict]) : []);
    return batch.map((claim, index) => audited(claim, said.get(index + 1) ?? null));
  }
  for (let from = 0; from < claims.length; from += claimsInCall) {
    context.report({ phase: 'verifying', label: null, done: from, total: claims.length });
    items.push(...(await judged(claims.slice(from, from + claimsInCall))));
  }
  const [chosen] = models;
  return { items, judge: judge ?? { provider: chosen?.provider ?? '', model: chosen?.connection.modelId ?? '' } };
}

function audited({ section, item, text, quotes }: Claim, said: Verdict | null): AuditedItem {
  return {
    section,
    item,
    verdict: said,
    foreignFigures: foreignFigures(text, quotes)
      .slice(0, figureLimit)
      .map(figure => figure.slice(0, figureLength)),
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();
