import { CalendarClock, ClipboardPaste, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { asksSecret } from '../../../shared/domain/recipe-params.ts';
import type { SavedRecipe } from '../../state/browser-store.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

interface RecipeListProps {
  readonly onOpen: (saved: SavedRecipe) => void;
  readonly onPaste: () => void;
}

/** The saved recipes, and the way to bring one. */
export function RecipeList({ onOpen, onPaste }: RecipeListProps) {
  const { browser, toasts, view } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const { recipes, recipesFailure } = useStore(browser);
  useEffect(() => void browser.reloadRecipes(), [browser]);

  async function remove({ id, recipe }: SavedRecipe): Promise<void> {
    const failed = await browser.removeRecipe(id);
    if (failed !== null) return sayError(failed);
    toasts.say({
      key: 'recipe-removed',
      text: said => said.t.browser.removed(recipe.name),
      action: {
        label: said => said.t.common.undo,
        run: () =>
          void browser.saveRecipe(recipe, crypto.randomUUID(), id).then(saved => {
            if (!saved.ok) sayError(saved.code);
          }),
      },
    });
  }

  return (
    <section className="recipes" aria-label={t.browser.recipes}>
      {recipes === null && <p className="browser-note">{recipesFailure === null ? t.common.loading : speech.error(recipesFailure)}</p>}
      {recipes?.length === 0 && (
        <p className="browser-note">
          {t.browser.noRecipes}. {t.browser.noRecipesLead}
        </p>
      )}
      {recipes !== null && recipes.length > 0 && (
        <ul className="recipe-list">
          {recipes.map(saved => (
            <li key={saved.id}>
              <button type="button" className="recipe-open" aria-label={t.browser.open(saved.recipe.name)} onClick={() => onOpen(saved)}>
                <span className="truncate">{saved.recipe.name}</span>
                <span className="browser-note truncate">
                  {t.browser.recipeSteps(saved.recipe.steps.length)} · {saved.recipe.sites.join(', ')}
                </span>
              </button>
              {!asksSecret(saved.recipe) && (
                <IconButton
                  size="s"
                  label={t.recipes.atTimesOf(saved.recipe.name)}
                  icon={<CalendarClock />}
                  onClick={() => view.openRecipeSchedule(saved.id)}
                />
              )}
              <IconButton size="s" label={t.browser.remove(saved.recipe.name)} icon={<Trash2 />} onClick={() => void remove(saved)} />
            </li>
          ))}
        </ul>
      )}
      <p className="browser-ways">
        <Button icon={<ClipboardPaste aria-hidden />} onClick={onPaste}>
          {t.browser.newRecipe}
        </Button>
      </p>
    </section>
  );
}
