import { useState } from 'react';
import { TextField } from './text-field.tsx';

interface FolderPathFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** Why the folder was refused, as a sentence; null when it was not. */
  readonly problem: string | null;
}

/** Longest path any of the three systems opens, as the calls that take one bound it. */
const pathLimit = 4_096;

/** The path of a folder, typed where the window is a page in a browser, which is shown no paths of the machine. */
export function FolderPathField({ label, hint, value, onChange, problem }: FolderPathFieldProps) {
  return (
    <TextField label={label} value={value} maxLength={pathLimit} spellCheck={false} onChange={onChange} hint={hint} problem={problem} />
  );
}

/** A typed path and why it was refused, as an error code: a changed path is refused no more, a taken one makes room for the next. */
export function useFolderPath() {
  const [path, setPath] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  return {
    path,
    isEmpty: path.trim() === '',
    failure,
    type(next: string) {
      setPath(next);
      setFailure(null);
    },
    /** `give` answers with an error code, or null. */
    async send(give: (path: string) => Promise<string | null>): Promise<void> {
      const code = await give(path.trim());
      setFailure(code);
      if (code === null) setPath('');
    },
  };
}
