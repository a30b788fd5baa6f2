import { v5 } from 'uuid';
import type { Recipe } from '../../shared/domain/browser.ts';
import type { SessionId } from '../../shared/domain/ids.ts';
import { scheduledWork, scheduleView, type ScheduledWork, type ScheduleView } from '../../shared/domain/schedule.ts';
import type { Enqueued } from '../engine/engine-api.ts';
import type { ScheduleRow, StoredSchedule } from '../engine/schedule-store.ts';
import type { PlannedRun } from '../engine/schedules.ts';
import { ExpectedError } from '../ipc/expected-error.ts';
import { beginInTransaction, beginJobInTransaction } from './agents/background-work.ts';
import { filledRecipe } from './browser/filled-recipe.ts';
import type { CallContext } from './calls/call-context.ts';
import { expectFound } from './calls/expect-found.ts';
import { requestSynopsis } from './synopsis-request.ts';
import { titleOf } from './title-of.ts';

/** Makes request keys of run keys: a planned time asks for the same version however often it is told. */
const runNamespace = 'c1a4b2d0-6f3e-4c58-9d57-2f0f6f1f8a11';

/** What a schedule keeps of its work: all but the kind, which has a column of its own. */
export function storedWork({ kind, ...payload }: ScheduledWork): {
  readonly kind: string;
  readonly payload: object;
  readonly sessionId: SessionId;
} {
  return { kind, payload, sessionId: payload.sessionId };
}

/** Null for work that this build does not know. */
export function toScheduleView({
  id,
  kind,
  payload,
  title,
  cron,
  timeZone,
  missed,
  enabled,
  nextAtMs,
  lastRun,
  createdAtMs,
}: StoredSchedule): ScheduleView | null {
  const work = readWork({ kind, payload });
  if (!work.success) return null;
  return scheduleView.parse({ id, work: work.data, title, cron, timeZone, missed, enabled, nextAtMs, lastRun, createdAtMs });
}

function readWork({ kind, payload }: Pick<ScheduleRow, 'kind' | 'payload'>) {
  const stored: unknown = JSON.parse(payload);
  return scheduledWork.safeParse(typeof stored === 'object' ? { ...stored, kind } : stored);
}

/**
 * The recipe that a schedule runs, with its values put in. SECURITY: no secret value is kept for a planned time, so a recipe that asks
 * for one is run by hand alone; what a login keeps is filled in by its name. Throws the `ExpectedError` `not_found`, `recipe_asks_secret` or `unfit_recipe`.
 */
export function scheduledRecipe(
  { browserRecipes, browserLogins }: Pick<CallContext['store'], 'browserRecipes' | 'browserLogins'>,
  { recipeId, params, login }: Extract<ScheduledWork, { kind: 'browser.run' }>,
): Recipe {
  const { recipe } = expectFound(browserRecipes.find(recipeId), 'recipe', recipeId);
  if (login !== null) expectFound(browserLogins.find(login), 'login', login);
  const secret = recipe.params.find(({ isSecret }) => isSecret === true);
  if (secret !== undefined)
    throw new ExpectedError(
      'recipe_asks_secret',
      `The recipe asks for "${secret.name}", which is secret and not kept for a schedule. Run it by hand.`,
    );
  return filledRecipe(recipe, params);
}

/** In transaction: starts the work of one planned time. Throws what refuses it. */
export function startScheduledWork(
  context: Pick<CallContext, 'store' | 'jobViews' | 'engine' | 'language' | 'now' | 'models'>,
  schedule: ScheduleRow,
  run: PlannedRun,
): Enqueued {
  const work = readWork(schedule);
  if (!work.success) throw new Error(`This version of the program does not know how to do "${schedule.kind}" at times. Update it.`);
  switch (work.data.kind) {
    case 'synopsis.make': {
      const { kind: _, ...asked } = work.data;
      const { version, startedMessage } = requestSynopsis(context, { ...asked, requestKey: v5(run.key, runNamespace) });
      return { jobId: version.jobId, created: startedMessage !== null };
    }
    case 'agent.run': {
      const { sessionId, agent, task } = work.data;
      const title = schedule.title === '' ? titleOf(task) : schedule.title;
      const requestKey = v5(run.key, runNamespace);
      const { jobId, message } = beginInTransaction(context, {
        sessionId,
        agent,
        task,
        title,
        upTo: null,
        depth: 1,
        requestKey,
        name: `schedule:${schedule.id}`,
      });
      return { jobId, created: message !== null };
    }
    case 'browser.run': {
      const { sessionId, recipeId, login } = work.data;
      expectFound(context.store.sessions.get(sessionId), 'chat', sessionId);
      const recipe = scheduledRecipe(context.store, work.data);
      const { jobId, message } = beginJobInTransaction(context, {
        sessionId,
        title: schedule.title === '' ? recipe.name : schedule.title,
        requestKey: v5(run.key, runNamespace),
        jobOf: messageId => ({
          kind: 'browser.run',
          payload: { sessionId, what: { kind: 'recipe', recipe, recipeId }, login, messageId },
          idempotencyKey: `browser:schedule:${schedule.id}`,
        }),
      });
      return { jobId, created: message !== null };
    }
  }
}
