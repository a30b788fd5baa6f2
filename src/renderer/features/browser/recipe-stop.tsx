import { PencilLine, RotateCcw, Settings } from 'lucide-react';
import { useId } from 'react';
import type { BrowserView } from '../../../shared/domain/browser.ts';
import type { JobView } from '../../../shared/domain/job.ts';
import { recipeFault } from '../../../shared/domain/recipe-fault.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import { describeAction } from '../../i18n/browser-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

/** Why a recipe has stopped, and the ways on: which step, what it expected, what was there instead, and what helps. */
export function RecipeStop({ view, job }: { readonly view: BrowserView; readonly job: JobView }) {
  const { jobs, view: layout } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const headingId = useId();
  const fault = recipeFault(view, speech.language);
  const { recipeId } = view;
  if (fault === null) return null;
  const { settings } = fault;
  // SECURITY: words of pages; what cannot be seen is shown by its number.
  const facts = [
    ...(fault.expected === null ? [] : [{ name: t.recipes.expected, value: visibleLine(fault.expected) }]),
    { name: t.recipes.seen, value: visibleLine(fault.seen) },
    { name: t.recipes.cure, value: fault.cure },
  ];
  return (
    <section className="recipe-stop" aria-labelledby={headingId}>
      <h3 id={headingId}>{t.recipes.stoppedAt(fault.number)}</h3>
      {/* A check says what it expects by itself. */}
      {fault.entry.action.do !== 'assert' && <p>{visibleLine(describeAction(fault.entry.action, speech))}</p>}
      <dl>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="browser-ways">
        <Button size="s" icon={<RotateCcw aria-hidden />} onClick={() => void jobs.retry(job.id).then(sayError)}>
          {t.common.retry}
        </Button>
        {settings !== null && (
          <Button size="s" icon={<Settings aria-hidden />} onClick={() => layout.openSettings(settings)}>
            {t.recipes.toSettings}
          </Button>
        )}
        {recipeId !== undefined && (
          <Button size="s" icon={<PencilLine aria-hidden />} onClick={() => layout.showBrowser({ what: 'recipe', recipeId })}>
            {t.recipes.mend}
          </Button>
        )}
      </p>
    </section>
  );
}
