import { useEffect, useEffectEvent, useState } from 'react';

export interface TypedSetting {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Saves what was typed, where it can be read and is another value. */
  readonly leave: () => void;
}

/**
 * What is typed into a setting is saved when its field is left: also when the dialog closes around it, of which a browser tells the
 * field nothing. `read` gives the text as it is kept, null for one that does not fit: then the saved one comes back.
 */
export function useTypedSetting(saved: string, read: (typed: string) => string | null, save: (text: string) => void): TypedSetting {
  const [text, type] = useState(saved);
  function leave(): void {
    const kept = read(text);
    type(kept ?? saved);
    if (kept !== null && kept !== saved) save(kept);
  }
  const leaveLast = useEffectEvent(leave);
  useEffect(() => () => leaveLast(), []);
  return { text, type, leave };
}
