import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { BrowserAction, Recipe } from '../../../shared/domain/browser.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import { describeAction } from '../../i18n/browser-words.ts';
import { addedSteps } from '../../i18n/recipe-messages.ts';
import type { SavedRecipe } from '../../state/browser-store.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { readRecipe } from './read-recipe.ts';
import { RecipeFaults } from './recipe-faults.tsx';
import { fieldsOfStep, moved, newStep, withEmpty, withField } from './step-fields.ts';

/** As a recipe bounds them. */
const nameChars = 200;
const whyChars = 500;

/** A step with a name of its own, so that it keeps its fields where it is moved to. */
interface EditedStep {
  readonly key: string;
  readonly action: BrowserAction;
  readonly why: string;
}
const keyed = (step: Omit<EditedStep, 'key'>): EditedStep => ({ ...step, key: crypto.randomUUID() });

interface RecipeEditorProps {
  readonly saved: SavedRecipe;
  readonly onSaved: (saved: SavedRecipe) => void;
  readonly onBack: () => void;
}

/** A saved recipe as its steps: each can be changed, moved and deleted, and a few kinds of them added. */
export function RecipeEditor({ saved: { id, recipe }, onSaved, onBack }: RecipeEditorProps) {
  const { browser, toasts } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const headingId = useId();
  const [name, setName] = useState(recipe.name);
  const [sites, setSites] = useState(recipe.sites.join(', '));
  const [params, setParams] = useState(recipe.params);
  const [steps, setSteps] = useState<readonly EditedStep[]>(() => recipe.steps.map(keyed));
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [isSent, setSent] = useState(false);

  function edit(change: () => void): void {
    setFaults([]);
    change();
  }
  const change = (key: string, patch: Partial<EditedStep>): void =>
    edit(() => setSteps(now => now.map(step => (step.key === key ? { ...step, ...patch } : step))));

  async function save(): Promise<void> {
    const edited: Recipe = {
      name: name.trim(),
      sites: sites
        .split(',')
        .map(site => site.trim())
        .filter(site => site !== ''),
      params,
      steps: steps.map(({ action, why }) => ({ action, why })),
    };
    const read = readRecipe(JSON.stringify(edited), speech);
    if (!read.ok) return setFaults(read.faults);
    setSent(true);
    const saved = await browser.saveRecipe(read.recipe, crypto.randomUUID(), id);
    setSent(false);
    if (!saved.ok) return sayError(saved.code);
    toasts.say({ key: 'recipe-kept', text: said => said.t.recipes.changed(read.recipe.name) });
    onSaved(saved.value);
  }

  return (
    <section className="recipe" aria-labelledby={headingId}>
      <h3 id={headingId}>{t.recipes.editOf(recipe.name)}</h3>
      <TextField label={t.browser.saveRunName} value={name} maxLength={nameChars} onChange={given => edit(() => setName(given))} />
      <TextField
        label={t.recipes.sites}
        hint={t.recipes.sitesHint}
        value={sites}
        spellCheck={false}
        onChange={given => edit(() => setSites(given))}
      />
      {params.map(param =>
        param.isSecret === true ? null : (
          <TextField
            key={param.name}
            label={t.recipes.usualOf(param.name)}
            value={param.default ?? ''}
            maxLength={2_000}
            onChange={given =>
              edit(() =>
                setParams(now => now.map(each => (each.name === param.name ? { ...each, default: given === '' ? null : given } : each))),
              )
            }
          />
        ),
      )}
      <ol className="edited-steps">
        {steps.map((step, at) => (
          <EditedStepRow
            key={step.key}
            step={step}
            number={at + 1}
            isLast={at + 1 === steps.length}
            onChange={patch => change(step.key, patch)}
            onMove={by => edit(() => setSteps(now => moved(now, at, by)))}
            onRemove={() => edit(() => setSteps(now => now.filter(({ key }) => key !== step.key)))}
          />
        ))}
      </ol>
      <RecipeFaults faults={faults} />
      <p className="browser-ways">
        <Button variant="accent" disabled={isSent || name.trim() === ''} onClick={() => void save()}>
          {t.recipes.save}
        </Button>
        <Menu
          align="start"
          trigger={<Button icon={<Plus aria-hidden />}>{t.recipes.add}</Button>}
          entries={addedSteps.map(what => ({
            key: what,
            label: t.recipes.added[what],
            onSelect: () =>
              edit(() => setSteps(now => [...now, keyed({ action: newStep(what, t.recipes.newWords, recipe.sites[0] ?? ''), why: '' })])),
          }))}
        />
        <Button variant="quiet" onClick={onBack}>
          {t.browser.cancel}
        </Button>
      </p>
    </section>
  );
}

interface EditedStepRowProps {
  readonly step: EditedStep;
  readonly number: number;
  readonly isLast: boolean;
  readonly onChange: (patch: Partial<EditedStep>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function EditedStepRow({ step: { action, why }, number, isLast, onChange, onMove, onRemove }: EditedStepRowProps) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <li className="edited-step" aria-label={t.recipes.step(number)}>
      <div className="edited-step-head">
        {/* SECURITY: words of pages; what cannot be seen is shown by its number. */}
        <span className="edited-step-words">{visibleLine(describeAction(action, speech))}</span>
        <IconButton size="s" label={t.recipes.up(number)} icon={<ArrowUp />} disabled={number === 1} onClick={() => onMove(-1)} />
        <IconButton size="s" label={t.recipes.down(number)} icon={<ArrowDown />} disabled={isLast} onClick={() => onMove(1)} />
        <IconButton size="s" label={t.recipes.remove(number)} icon={<Trash2 />} onClick={onRemove} />
      </div>
      {fieldsOfStep(action).map(({ field, text }) => (
        <TextField
          key={field}
          label={t.recipes.field[field]}
          value={text}
          inputMode={field === 'ms' ? 'numeric' : field === 'url' ? 'url' : 'text'}
          spellCheck={field === 'text' || field === 'words'}
          onChange={given => onChange({ action: withField(action, field, given) })}
        />
      ))}
      {action.do === 'extract' && (
        <SwitchField
          label={t.recipes.mayBeEmpty}
          checked={action.schema.mayBeEmpty === true}
          onChange={given => onChange({ action: withEmpty(action, given) })}
        />
      )}
      <TextField label={t.recipes.why} value={why} maxLength={whyChars} onChange={given => onChange({ why: given })} />
    </li>
  );
}
