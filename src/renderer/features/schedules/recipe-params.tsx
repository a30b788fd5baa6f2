import { useStore } from 'zustand';
import { paramValueLimit } from '../../../shared/domain/browser.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface RecipeParamsProps {
  readonly recipeId: string;
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}

/** What a scheduled recipe is run with: a value for each of its parameters, of which an empty one leaves it to the recipe. */
export function RecipeParams({ recipeId, values, onChange }: RecipeParamsProps) {
  const { browser } = useServices();
  const { t } = useSpeech();
  const recipes = useStore(browser, state => state.recipes);
  if (recipes === null) return <p className="schedules-note">{t.common.loading}</p>;
  const recipe = recipes.find(({ id }) => id === recipeId)?.recipe;
  if (recipe === undefined) return <p className="schedules-problem">{t.recipes.gone}</p>;

  function change(name: string, value: string): void {
    const { [name]: _, ...others } = values;
    onChange(value === '' ? others : { ...others, [name]: value });
  }
  return (
    <>
      <p className="schedules-note">
        {t.recipes.which}: {recipe.name}
      </p>
      {recipe.params.map(({ name, default: usual }) => (
        <TextField
          key={name}
          label={name}
          value={values[name] ?? ''}
          maxLength={paramValueLimit}
          {...(usual === null ? {} : { hint: t.recipes.usualOf(usual) })}
          onChange={value => change(name, value)}
        />
      ))}
    </>
  );
}
