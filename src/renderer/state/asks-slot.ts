import { createContext, type ReactNode } from 'react';
import type { JobId } from '../../shared/domain/ids.ts';

export interface AsksProps {
  readonly jobId: JobId;
  /** Also what was asked and answered before. */
  readonly withHistory?: boolean;
}

/** Shows what a job asks wherever the job is shown; nothing for one that asks nothing. The window puts the cards in. */
export const AsksSlot = createContext<(props: AsksProps) => ReactNode>(() => null);
