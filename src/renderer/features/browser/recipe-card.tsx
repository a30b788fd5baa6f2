import { CalendarClock, PencilLine } from 'lucide-react';
import { useId, useState } from 'react';
import type { Recipe } from '../../../shared/domain/browser.ts';
import { asksSecret } from '../../../shared/domain/recipe-params.ts';
import { describeAction } from '../../i18n/browser-words.ts';
import type { SavedRecipe } from '../../state/browser-store.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface RecipeCardProps {
  readonly recipe: Recipe;
  /** Null until it is kept. */
  readonly recipeId: string | null;
  readonly onStart: (params: Readonly<Record<string, string>>) => Promise<void>;
  readonly onKept: (saved: SavedRecipe) => void;
  readonly onEdit: () => void;
  readonly onBack: () => void;
}

/** One recipe: where it goes, what it does step by step, what it wants to know, and the ways to run and keep it. */
export function RecipeCard({ recipe, recipeId, onStart, onKept, onEdit, onBack }: RecipeCardProps) {
  const { browser, toasts, view } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const headingId = useId();
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(recipe.params.map(param => [param.name, param.default ?? ''])),
  );
  const [isTried, setTried] = useState(false);
  const [isSent, setSent] = useState(false);
  /** Of this card: keeping it twice makes one. */
  const [requestKey] = useState(() => crypto.randomUUID());
  const missing = recipe.params.filter(({ name }) => (values[name] ?? '').trim() === '');

  async function start(): Promise<void> {
    setTried(true);
    if (missing.length > 0) return;
    setSent(true);
    await onStart(values);
    setSent(false);
  }
  async function keep(): Promise<void> {
    const saved = await browser.saveRecipe(recipe, requestKey);
    if (!saved.ok) return sayError(saved.code);
    toasts.say({ key: 'recipe-kept', text: said => said.t.browser.kept(recipe.name) });
    onKept(saved.value);
  }

  return (
    <section className="recipe" aria-labelledby={headingId}>
      <h3 id={headingId}>{recipe.name}</h3>
      <p className="browser-note">
        {t.browser.sites}: {recipe.sites.join(', ')}
      </p>
      {recipe.params.length > 0 && (
        <div className="recipe-params" role="group" aria-label={t.browser.params}>
          {recipe.params.map(({ name, isSecret }) => (
            <TextField
              key={name}
              label={name}
              hidesWords={isSecret === true}
              {...(isSecret === true ? { hint: t.recipes.secretHint } : {})}
              value={values[name] ?? ''}
              maxLength={2_000}
              problem={isTried && missing.some(each => each.name === name) ? t.browser.paramMissing : null}
              onChange={value => setValues({ ...values, [name]: value })}
            />
          ))}
        </div>
      )}
      <p className="browser-ways">
        <Button variant="accent" disabled={isSent} onClick={() => void start()}>
          {t.browser.start}
        </Button>
        {recipeId === null ? (
          <Button onClick={() => void keep()}>{t.browser.keep}</Button>
        ) : (
          <>
            {/* Nothing secret is kept for a time at which nobody is there. */}
            {!asksSecret(recipe) && (
              <Button icon={<CalendarClock aria-hidden />} onClick={() => view.openRecipeSchedule(recipeId)}>
                {t.recipes.atTimes}
              </Button>
            )}
            <Button icon={<PencilLine aria-hidden />} onClick={onEdit}>
              {t.recipes.edit}
            </Button>
          </>
        )}
        <Button variant="quiet" onClick={() => void actions.copyText(JSON.stringify(recipe, null, 2), said => said.t.common.copied)}>
          {t.browser.copyRecipe}
        </Button>
        <Button variant="quiet" onClick={onBack}>
          {t.browser.back}
        </Button>
      </p>
      <p className="browser-note">{t.browser.recipeSteps(recipe.steps.length)}</p>
      <ol className="recipe-steps">
        {recipe.steps.map(({ action, why }, at) => (
          <li key={at}>
            <span>{describeAction(action, speech)}</span>
            {why !== '' && <span className="browser-note">{why}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
