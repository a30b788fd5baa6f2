import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import type { JobView } from '../../../shared/domain/job.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Characters of a recipe's name. */
const nameChars = 200;

/** Keeps what a finished task has done as a recipe, under a name. */
export function SaveRun({ job }: { readonly job: Pick<JobView, 'id' | 'title'> }) {
  const { browser, toasts } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const [name, setName] = useState<string | null>(null);
  const [requestKey] = useState(() => crypto.randomUUID());

  async function save(given: string): Promise<void> {
    const saved = await browser.saveRecipe({ jobId: job.id, name: given }, requestKey);
    if (!saved.ok) return sayError(saved.code);
    setName(null);
    toasts.say({ key: 'recipe-kept', text: said => said.t.browser.kept(given) });
  }
  if (name === null)
    return (
      <p className="browser-ways">
        <Button size="s" icon={<BookmarkPlus aria-hidden />} onClick={() => setName(job.title.slice(0, nameChars))}>
          {t.browser.saveRun}
        </Button>
      </p>
    );
  return (
    <form
      className="save-run"
      onSubmit={event => {
        event.preventDefault();
        if (name.trim() !== '') void save(name.trim());
      }}
    >
      <TextField label={t.browser.saveRunName} value={name} maxLength={nameChars} autoFocus onChange={setName} />
      <p className="browser-ways">
        <button type="submit" className="button button-accent button-s" disabled={name.trim() === ''}>
          {t.browser.keep}
        </button>
        <Button size="s" variant="quiet" onClick={() => setName(null)}>
          {t.browser.cancel}
        </Button>
      </p>
    </form>
  );
}
