import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import { paramName } from '../../../shared/domain/browser.ts';
import { offeredParams, withParams, type OfferedParam } from '../../../shared/domain/recipe-params.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import type { JobView } from '../../../shared/domain/job.ts';
import { brief } from '../../i18n/browser-words.ts';
import type { RecipeDraft } from '../../state/browser-store.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Characters of a recipe's name. */
const nameChars = 200;

type Job = Pick<JobView, 'id' | 'title'>;

/** Keeps what a finished task has done as a recipe, under a name and with the words that may be others next time. */
export function SaveRun({ job }: { readonly job: Job }) {
  const { browser } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const [draft, setDraft] = useState<RecipeDraft | null>(null);

  async function begin(): Promise<void> {
    const made = await browser.draftRecipe(job.id, job.title.slice(0, nameChars));
    if (made.ok) setDraft(made.value);
    else sayError(made.code);
  }
  if (draft !== null) return <SaveForm draft={draft} onDone={() => setDraft(null)} />;
  return (
    <p className="browser-ways">
      <Button size="s" icon={<BookmarkPlus aria-hidden />} onClick={() => void begin()}>
        {t.browser.saveRun}
      </Button>
    </p>
  );
}

/** A word that may become a parameter, as the form has it. */
interface Choice extends OfferedParam {
  readonly isChosen: boolean;
}

function SaveForm({ draft: { recipe, lost }, onDone }: { readonly draft: RecipeDraft; readonly onDone: () => void }) {
  const { browser, toasts } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const [name, setName] = useState(recipe.name);
  const [choices, setChoices] = useState<readonly Choice[]>(() =>
    offeredParams(recipe).map(each => ({ ...each, isChosen: each.isLikely })),
  );
  /** Of this form: keeping it twice makes one. */
  const [requestKey] = useState(() => crypto.randomUUID());
  const chosen = choices.filter(({ isChosen }) => isChosen);
  const secrets = recipe.params.filter(({ isSecret }) => isSecret === true);
  const isTaken = ({ name: wanted, value }: Choice): boolean =>
    [...secrets, ...chosen.filter(other => other.value !== value)].some(other => other.name === wanted);
  const problemOf = (choice: Choice): string | null => {
    if (!paramName.safeParse(choice.name).success) return t.recipes.badName;
    return isTaken(choice) ? t.recipes.takenName : null;
  };
  const isReady = name.trim() !== '' && chosen.every(choice => problemOf(choice) === null);
  const change = (value: string, patch: Partial<Choice>): void =>
    setChoices(now => now.map(each => (each.value === value ? { ...each, ...patch } : each)));

  async function save(): Promise<void> {
    const given = name.trim();
    const saved = await browser.saveRecipe(withParams({ ...recipe, name: given }, chosen), requestKey);
    if (!saved.ok) return sayError(saved.code);
    toasts.say({ key: 'recipe-kept', text: said => said.t.browser.kept(given) });
    onDone();
  }

  return (
    <form
      className="save-run"
      onSubmit={event => {
        event.preventDefault();
        if (isReady) void save();
      }}
    >
      <TextField label={t.browser.saveRunName} value={name} maxLength={nameChars} autoFocus onChange={setName} />
      {choices.length > 0 && (
        <fieldset className="save-params">
          <legend>{t.recipes.offered}</legend>
          <p className="browser-note">{t.recipes.offeredHint}</p>
          {choices.map(choice => {
            // SECURITY: words of pages and of a model.
            const shown = visibleLine(brief(choice.value));
            return (
              <div key={choice.value} className="save-param">
                <SwitchField
                  label={t.recipes.asParam(shown)}
                  checked={choice.isChosen}
                  onChange={isChosen => change(choice.value, { isChosen })}
                />
                {choice.isChosen && (
                  <TextField
                    label={t.recipes.paramName(shown)}
                    value={choice.name}
                    maxLength={60}
                    problem={problemOf(choice)}
                    onChange={given => change(choice.value, { name: given })}
                  />
                )}
              </div>
            );
          })}
        </fieldset>
      )}
      {secrets.length > 0 && <p className="browser-note">{t.recipes.secrets(secrets.map(each => each.name).join(', '))}</p>}
      {lost > 0 && <p className="browser-note">{t.recipes.lost(lost)}</p>}
      <p className="browser-ways">
        <button type="submit" className="button button-accent button-s" disabled={!isReady}>
          {t.browser.keep}
        </button>
        <Button size="s" variant="quiet" onClick={onDone}>
          {t.browser.cancel}
        </Button>
      </p>
    </form>
  );
}
