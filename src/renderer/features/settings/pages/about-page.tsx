import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../../state/context.tsx';

export function AboutPage({ updates }: { readonly updates: ReactNode }) {
  const { app } = useServices();
  const { t } = useSpeech();
  const version = useStore(app, state => state.opening?.version ?? '');
  return (
    <>
      <p>{t.settings.about(version)}</p>
      {updates}
    </>
  );
}
