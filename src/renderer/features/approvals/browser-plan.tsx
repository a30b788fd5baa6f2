import type { z } from 'zod';
import { browserPlan } from '../../../shared/domain/browser.ts';
import { useSpeech } from '../../state/context.tsx';
import { Visible } from './visible.tsx';

type Plan = z.output<typeof browserPlan>;

/** Tools whose payload is where a browser task wants to go. */
const planTools: ReadonlySet<string> = new Set(['browser_plan', 'browser_site']);

/** The plan within a payload; null where it says anything else, so that all of it is shown as it is. */
export function readPlan(tool: string, payload: string | null): Plan | null {
  if (!planTools.has(tool) || payload === null) return null;
  try {
    return browserPlan.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

/** The sites that a browser task wants to go to, each on a line of its own, and what it means to do there. */
export function BrowserPlan({ plan: { sites, steps } }: { readonly plan: Plan }) {
  const { t } = useSpeech();
  return (
    <div className="ask-plan">
      <p className="ask-note">{t.browser.planSites}</p>
      <ul className="ask-sites" aria-label={t.browser.planSites}>
        {sites.map(site => (
          <li key={site}>
            <code>
              <Visible text={site} />
            </code>
          </li>
        ))}
      </ul>
      {steps.length > 0 && (
        <>
          <p className="ask-note">{t.browser.planSteps}</p>
          <ol className="ask-plan-steps" aria-label={t.browser.planSteps}>
            {steps.map((step, at) => (
              <li key={at}>
                <Visible text={step} />
              </li>
            ))}
          </ol>
        </>
      )}
      <p className="ask-note">{t.browser.planHint}</p>
    </div>
  );
}
