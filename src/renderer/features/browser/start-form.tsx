import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { agentTaskLimit } from '../../../shared/domain/agent.ts';
import type { Recipe } from '../../../shared/domain/browser.ts';
import type { LoginId } from '../../../shared/domain/ids.ts';
import type { BrowserStart, SavedRecipe } from '../../state/browser-store.ts';
import { useActions, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { LoginChoice } from '../../ui/login-choice.tsx';
import { NoBrowser } from './no-browser.tsx';
import { RecipeCard } from './recipe-card.tsx';
import { RecipeEditor } from './recipe-editor.tsx';
import { RecipeList } from './recipe-list.tsx';
import { RecipeText } from './recipe-text.tsx';

type How = 'words' | 'recipe';
type Shown =
  | { readonly what: 'list' | 'text' }
  /** Null for one that is not kept. */
  | { readonly what: 'recipe'; readonly recipe: Recipe; readonly recipeId: string | null }
  | { readonly what: 'edit'; readonly saved: SavedRecipe };

/** Begins a task: in words, or by a recipe; with an id, by that one, which is shown to be mended. */
export function StartForm({ mends }: { readonly mends: string | null }) {
  const { browser, models } = useServices();
  const { t } = useSpeech();
  const canAnswer = useStore(models, state => state.view?.answering.can ?? false);
  const installed = useStore(browser, state => state.installed);
  useEffect(() => void browser.reloadInstalled(), [browser]);
  const [how, setHow] = useState<How>(canAnswer && mends === null ? 'words' : 'recipe');
  const [shown, setShown] = useState<Shown>({ what: 'list' });
  const [login, setLogin] = useState<LoginId | null>(null);
  const start = useStart(login);
  const toList = (): void => setShown({ what: 'list' });
  const toRecipe = ({ id, recipe }: SavedRecipe): void => setShown({ what: 'recipe', recipe, recipeId: id });
  const recipes = useStore(browser, state => state.recipes);
  const [mending, setMending] = useState(mends);
  const mended = recipes?.find(({ id }) => id === mending) ?? null;
  // Once, when the recipes are here: whoever went back to the list stays there.
  if (mended !== null && shown.what === 'list') {
    setMending(null);
    setShown({ what: 'edit', saved: mended });
  }

  return (
    <div className="browser-start">
      <header>
        <h2>{t.browser.startTitle}</h2>
        <p className="browser-note">{t.browser.startLead}</p>
      </header>
      {installed?.found.length === 0 && <NoBrowser />}
      <Segmented
        label={t.browser.how}
        value={how}
        onChange={setHow}
        options={[
          { value: 'words', label: t.browser.inWords },
          { value: 'recipe', label: t.browser.byRecipe },
        ]}
      />
      <LoginChoice chosen={login} onChoose={setLogin} />
      {how === 'words' && <TaskInWords canAnswer={canAnswer} onStart={task => start({ kind: 'task', task })} />}
      {how === 'recipe' && shown.what === 'list' && <RecipeList onOpen={toRecipe} onPaste={() => setShown({ what: 'text' })} />}
      {how === 'recipe' && shown.what === 'text' && (
        <RecipeText onRead={recipe => setShown({ what: 'recipe', recipe, recipeId: null })} onBack={toList} />
      )}
      {how === 'recipe' && shown.what === 'recipe' && (
        <RecipeCard
          recipe={shown.recipe}
          recipeId={shown.recipeId}
          onStart={async params => void (await start({ kind: 'recipe', ...recipeOf(shown), params }))}
          onKept={toRecipe}
          onEdit={() => {
            const saved = recipes?.find(({ id }) => id === shown.recipeId);
            if (saved !== undefined) setShown({ what: 'edit', saved });
          }}
          onBack={toList}
        />
      )}
      {how === 'recipe' && shown.what === 'edit' && (
        <RecipeEditor key={shown.saved.id} saved={shown.saved} onSaved={toRecipe} onBack={() => toRecipe(shown.saved)} />
      )}
    </div>
  );
}

/** Which one it is, for whoever mends it after it has stopped. */
function recipeOf({ recipe, recipeId }: Extract<Shown, { what: 'recipe' }>): Pick<StartByRecipe, 'recipe' | 'recipeId'> {
  return recipeId === null ? { recipe } : { recipe, recipeId };
}
type StartByRecipe = Extract<BrowserStart['what'], { kind: 'recipe' }>;

/** Starts a task in the open chat and shows it; false when it did not start, of which the person was told. */
function useStart(login: LoginId | null): (what: BrowserStart['what']) => Promise<boolean> {
  const { view } = useServices();
  const actions = useActions();
  /** One key for each thing that is started, however often it is tried. */
  const [requestKey, setRequestKey] = useState(() => crypto.randomUUID());
  return async what => {
    const job = await actions.startBrowser(what, requestKey, login);
    if (job === null) return false;
    setRequestKey(crypto.randomUUID());
    view.showBrowser({ what: 'task', jobId: job.id });
    return true;
  };
}

interface TaskInWordsProps {
  readonly canAnswer: boolean;
  readonly onStart: (task: string) => Promise<boolean>;
}

function TaskInWords({ canAnswer, onStart }: TaskInWordsProps) {
  const { view } = useServices();
  const { t } = useSpeech();
  const id = useId();
  const [task, setTask] = useState('');
  const [isSent, setSent] = useState(false);

  async function start(): Promise<void> {
    setSent(true);
    if (await onStart(task.trim())) setTask('');
    setSent(false);
  }
  if (!canAnswer)
    return (
      <div className="browser-words">
        <p className="browser-note">{t.browser.noModel}</p>
        <p className="browser-ways">
          <Button size="s" onClick={() => view.setDialog('models')}>
            {t.browser.connect}
          </Button>
        </p>
      </div>
    );
  return (
    <div className="browser-words">
      <label htmlFor={id}>{t.browser.taskLabel}</label>
      <textarea
        id={id}
        className="browser-area"
        rows={4}
        maxLength={agentTaskLimit}
        value={task}
        placeholder={t.browser.taskExample}
        aria-describedby={`${id}-note`}
        onChange={event => setTask(event.target.value)}
      />
      <p id={`${id}-note`} className="browser-note">
        {t.browser.taskHint}
      </p>
      <p className="browser-ways">
        <Button variant="accent" disabled={isSent || task.trim() === ''} onClick={() => void start()}>
          {t.browser.start}
        </Button>
      </p>
    </div>
  );
}
