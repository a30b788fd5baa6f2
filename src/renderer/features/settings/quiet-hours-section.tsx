import { weekdays } from '../../../shared/domain/quiet-hours.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import { useSpeech } from '../../state/context.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { TimeField } from '../../ui/time-field.tsx';
import { useSaveSettings } from './use-save-settings.ts';
import './quiet-hours-section.css';

/** When nothing comes up by itself: from, until, on which days. */
export function QuietHoursSection({ settings }: { readonly settings: Settings }) {
  const save = useSaveSettings();
  const speech = useSpeech();
  const { quiet } = speech.t.notices;
  const { quietHours, quietFrom, quietTo, quietDays, quietLetsExpiring } = settings;
  return (
    <section className="setting-group" aria-label={quiet.title}>
      <SwitchField label={quiet.title} checked={quietHours} onChange={isOn => save({ quietHours: isOn })} />
      {quietHours && (
        <>
          <div className="quiet-times">
            <TimeField label={quiet.from} value={quietFrom} onSave={from => save({ quietFrom: from })} />
            <TimeField label={quiet.to} value={quietTo} onSave={to => save({ quietTo: to })} />
            <div className="quiet-days" role="group" aria-label={quiet.days}>
              {weekdays.map((day, at) => (
                <button
                  key={day}
                  type="button"
                  className="quiet-day"
                  aria-pressed={quietDays.includes(day)}
                  onClick={() => save({ quietDays: weekdays.filter(each => (each === day) !== quietDays.includes(each)) })}
                >
                  {speech.weekday(at + 1, 'short')}
                  {/* Read aloud whole; who speaks to the button says what they see. */}
                  <span className="visually-hidden">, {speech.weekday(at + 1, 'long')}</span>
                </button>
              ))}
            </div>
          </div>
          <SwitchField label={quiet.letsExpiring} checked={quietLetsExpiring} onChange={lets => save({ quietLetsExpiring: lets })} />
        </>
      )}
      <p className="setting-hint">{quietHours && quietDays.length === 0 ? quiet.noDays : quiet.hint}</p>
    </section>
  );
}
