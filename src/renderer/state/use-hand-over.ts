import { downloadFrom } from '../ui/download.ts';
import { useHost, useSayError, useServices } from './context.tsx';
import type { Outcome } from './outcome.ts';

/** The two ways a file leaves the program. */
export interface HandOver {
  /** With the system's dialog, which the desktop has; null when the person cancelled. */
  readonly save: () => Promise<Outcome<{ readonly saved: string | null }>>;
  /** By an address that a browser fetches from. */
  readonly offer: () => Promise<Outcome<{ readonly fileName: string; readonly urlPath: string }>>;
}

/** Gives the person a file and says what became of it. */
export function useHandOver(): (ways: HandOver) => Promise<void> {
  const { toasts } = useServices();
  const sayError = useSayError();
  const host = useHost();
  return async ({ save, offer }) => {
    // A browser keeps to itself what became of a download; the desktop's own dialog says whether there is a file.
    if (host === 'desktop') {
      const result = await save();
      if (!result.ok) return sayError(result.code);
      const { saved } = result.value;
      if (saved !== null) toasts.say({ key: 'exported', text: said => said.t.synopsis.exported(saved) });
      return;
    }
    const result = await offer();
    if (!result.ok) return sayError(result.code);
    const { fileName, urlPath } = result.value;
    downloadFrom(urlPath, fileName);
    toasts.say({ key: 'exported', text: said => said.t.synopsis.handedOver(fileName) });
  };
}
