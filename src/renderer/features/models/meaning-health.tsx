import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { useServices, useSpeech } from '../../state/context.tsx';

type Meaning = NonNullable<CallOutput<'search.health'>['meaning']>;

/** How far the chosen model has come with preparing the material for search by meaning, and what stands in its way. */
export function MeaningHealth() {
  const { client } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const [meaning, setMeaning] = useState<Meaning | null>(null);

  useEffect(() => {
    let isGone = false;
    const look = (): void => {
      void client.call('search.health', {}).then(result => {
        if (!isGone && result.ok) setMeaning(result.value.meaning);
      });
    };
    look();
    const stops = [client.onEvent('jobs.changed', look), client.onEvent('providers.changed', look)];
    return () => {
      isGone = true;
      for (const stop of stops) stop();
    };
  }, [client]);

  if (meaning === null) return null;
  const { done, total, isLoaded, isWorking, error } = meaning;
  return (
    <p className={error === null ? 'models-note' : 'models-problem'} role="status">
      {t.models.meaning(done, total, isWorking)}
      {!isLoaded && ` ${t.models.meaningLoading}`}
      {error !== null && ` ${t.models.meaningStopped(speech.error(error.code))}`}
    </p>
  );
}
