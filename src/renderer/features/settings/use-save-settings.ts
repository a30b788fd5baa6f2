import type { Settings } from '../../../shared/domain/settings.ts';
import { useSayError, useServices } from '../../state/context.tsx';

/** Saves at once what the person changes; a disk that refuses is told. */
export function useSaveSettings(): (changes: Partial<Settings>) => void {
  const { app } = useServices();
  const sayError = useSayError();
  return changes => void app.saveSettings(changes).then(sayError);
}
