import { useEffect, useState } from 'react';
import type { JobId, Sha256 } from '../../shared/domain/ids.ts';
import { useServices } from './context.tsx';

/** A picture of a task's trace as an address for an image; undefined while it is awaited, null when there is none. */
export function useScreenshot(jobId: JobId, sha256: Sha256 | null): string | null | undefined {
  const { browser } = useServices();
  const [read, setRead] = useState<{ readonly of: string; readonly picture: string | null } | null>(null);
  useEffect(() => {
    if (sha256 === null) return;
    let isShown = true;
    void browser.screenshot(jobId, sha256).then(picture => {
      if (isShown) setRead({ of: sha256, picture });
    });
    return () => {
      isShown = false;
    };
  }, [browser, jobId, sha256]);
  if (sha256 === null) return null;
  return read?.of === sha256 ? read.picture : undefined;
}
