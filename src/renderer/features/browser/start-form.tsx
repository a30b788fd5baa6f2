import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { agentTaskLimit } from '../../../shared/domain/agent.ts';
import type { Recipe } from '../../../shared/domain/browser.ts';
import type { BrowserStart } from '../../state/browser-store.ts';
import { useActions, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { NoBrowser } from './no-browser.tsx';
import { RecipeCard } from './recipe-card.tsx';
import { RecipeList } from './recipe-list.tsx';
import { RecipeText } from './recipe-text.tsx';

type How = 'words' | 'recipe';
type Shown = { readonly what: 'list' | 'text' } | { readonly what: 'recipe'; readonly recipe: Recipe; readonly isKept: boolean };

/** Begins a task: in words, or by a recipe. */
export function StartForm() {
  const { browser, models } = useServices();
  const { t } = useSpeech();
  const canAnswer = useStore(models, state => state.view?.answering.can ?? false);
  const installed = useStore(browser, state => state.installed);
  useEffect(() => void browser.reloadInstalled(), [browser]);
  const [how, setHow] = useState<How>(canAnswer ? 'words' : 'recipe');
  const [shown, setShown] = useState<Shown>({ what: 'list' });
  const start = useStart();
  const toList = (): void => setShown({ what: 'list' });

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
      {how === 'words' && <TaskInWords canAnswer={canAnswer} onStart={task => start({ kind: 'task', task })} />}
      {how === 'recipe' && shown.what === 'list' && (
        <RecipeList
          onOpen={({ recipe }) => setShown({ what: 'recipe', recipe, isKept: true })}
          onPaste={() => setShown({ what: 'text' })}
        />
      )}
      {how === 'recipe' && shown.what === 'text' && (
        <RecipeText onRead={recipe => setShown({ what: 'recipe', recipe, isKept: false })} onBack={toList} />
      )}
      {how === 'recipe' && shown.what === 'recipe' && (
        <RecipeCard
          recipe={shown.recipe}
          isKept={shown.isKept}
          onStart={async params => void (await start({ kind: 'recipe', recipe: shown.recipe, params }))}
          onBack={toList}
        />
      )}
    </div>
  );
}

/** Starts a task in the open chat and shows it; false when it did not start, of which the person was told. */
function useStart(): (what: BrowserStart['what']) => Promise<boolean> {
  const { view } = useServices();
  const actions = useActions();
  /** One key for each thing that is started, however often it is tried. */
  const [requestKey, setRequestKey] = useState(() => crypto.randomUUID());
  return async what => {
    const job = await actions.startBrowser(what, requestKey);
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
