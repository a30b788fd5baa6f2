import { CalendarPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SessionId } from '../../../shared/domain/ids.ts';
import type { ScheduleView } from '../../../shared/domain/schedule.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import { ScheduleRow } from './schedule-row.tsx';
import './schedules.css';

type Shown =
  | { readonly what: 'list' }
  | { readonly what: 'new'; readonly sessionId: SessionId | null; readonly recipeId: string | null }
  | { readonly what: 'edit'; readonly schedule: ScheduleView };

/** What is done at times, synopses and recipes: the list of them, and the form for one. */
export function SchedulesDialog() {
  const { schedules: store, view, browser } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { schedules, failure } = useStore(store);
  const forSession = useStore(view, state => state.scheduleFor);
  const openSession = useStore(view, state => state.sessionId);
  const forRecipe = useStore(view, state => state.scheduleRecipe);
  const [shown, setShown] = useState<Shown>(
    forSession === null && forRecipe === null ? { what: 'list' } : { what: 'new', sessionId: forSession, recipeId: forRecipe },
  );
  useEffect(() => void store.reload(), [store]);
  useEffect(() => void browser.reloadRecipes(), [browser]);
  const toList = (): void => setShown({ what: 'list' });
  const newTitle = shown.what === 'new' && shown.recipeId !== null ? t.recipes.newTitle : t.schedules.newTitle;
  const title = shown.what === 'list' ? t.schedules.title : shown.what === 'new' ? newTitle : t.schedules.editTitle;

  return (
    <Dialog open onClose={() => view.setDialog(null)} title={title} closeLabel={t.common.close}>
      {shown.what === 'list' ? (
        <div className="schedules">
          {schedules === null && (
            <p className="schedules-note" role="status">
              {failure === null ? t.common.loading : speech.error(failure)}
            </p>
          )}
          {schedules?.length === 0 && <EmptyState title={t.schedules.empty} lead={t.schedules.emptyLead} />}
          {schedules !== null && schedules.length > 0 && (
            <ul className="schedule-list">
              {schedules.map(schedule => (
                <ScheduleRow key={schedule.id} schedule={schedule} onEdit={() => setShown({ what: 'edit', schedule })} />
              ))}
            </ul>
          )}
          <div className="schedules-foot">
            <Button
              variant={schedules?.length === 0 ? 'accent' : 'plain'}
              icon={<CalendarPlus aria-hidden />}
              onClick={() => setShown({ what: 'new', sessionId: openSession, recipeId: null })}
            >
              {t.schedules.add}
            </Button>
            <p className="schedules-note">{t.schedules.onlyWhileOpen}</p>
          </div>
        </div>
      ) : (
        <ScheduleForm
          schedule={shown.what === 'edit' ? shown.schedule : null}
          recipeId={shown.what === 'new' ? shown.recipeId : null}
          sessionId={shown.what === 'new' ? shown.sessionId : shown.schedule.work.sessionId}
          onDone={toList}
        />
      )}
    </Dialog>
  );
}
