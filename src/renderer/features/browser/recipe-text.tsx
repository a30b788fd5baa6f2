import { FileUp } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { Recipe } from '../../../shared/domain/browser.ts';
import { useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { readRecipe } from './read-recipe.ts';
import { RecipeFaults } from './recipe-faults.tsx';

/** Characters of a recipe's text: five hundred steps at their longest are a fraction of it. */
const textLimit = 2_000_000;

interface RecipeTextProps {
  readonly onRead: (recipe: Recipe) => void;
  readonly onBack: () => void;
}

/** Takes a recipe as text or as a file, and says what is wrong with one that does not fit. */
export function RecipeText({ onRead, onBack }: RecipeTextProps) {
  const speech = useSpeech();
  const { t } = speech;
  const id = useId();
  const fileRef = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [faults, setFaults] = useState<readonly string[]>([]);

  function read(given: string): void {
    const result = readRecipe(given, speech);
    if (result.ok) onRead(result.recipe);
    else setFaults(result.faults);
  }
  async function load(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const loaded = await file.slice(0, textLimit).text();
    setText(loaded);
    read(loaded);
  }

  return (
    <div className="recipe-text">
      <label htmlFor={id}>{t.browser.recipeText}</label>
      <textarea
        id={id}
        className="browser-area field-mono"
        rows={8}
        spellCheck={false}
        maxLength={textLimit}
        value={text}
        aria-describedby={`${id}-note`}
        aria-invalid={faults.length > 0}
        onChange={event => {
          setText(event.target.value);
          setFaults([]);
        }}
      />
      <p id={`${id}-note`} className="browser-note">
        {t.browser.recipeTextHint}
      </p>
      <RecipeFaults faults={faults} />
      <p className="browser-ways">
        <Button variant="accent" disabled={text.trim() === ''} onClick={() => read(text)}>
          {t.browser.readRecipe}
        </Button>
        <Button icon={<FileUp aria-hidden />} onClick={() => fileRef.current?.click()}>
          {t.browser.loadFile}
        </Button>
        <Button variant="quiet" onClick={onBack}>
          {t.browser.back}
        </Button>
      </p>
      <input
        ref={fileRef}
        type="file"
        hidden
        accept=".json,application/json"
        onChange={event => {
          void load(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
