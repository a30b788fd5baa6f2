import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type Ref } from 'react';
import './search-field.css';

interface SearchFieldProps {
  readonly label: string;
  readonly clearLabel: string;
  /** What was looked for last, where that is kept. */
  readonly initial?: string;
  readonly onSearch: (text: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Pause after the last key before main is asked: a typist's usual gap between keys. */
const typingPauseMs = 160;

export function SearchField({ label, clearLabel, initial = '', onSearch, inputRef }: SearchFieldProps) {
  const [text, setText] = useState(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function change(next: string): void {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), next === '' ? 0 : typingPauseMs);
  }

  return (
    <div className="search-field">
      <Search aria-hidden />
      <input
        ref={inputRef}
        type="text"
        role="searchbox"
        value={text}
        maxLength={200}
        placeholder={label}
        aria-label={label}
        onChange={event => change(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape' || text === '') return;
          event.stopPropagation();
          change('');
        }}
      />
      {text !== '' && (
        <button type="button" aria-label={clearLabel} onClick={() => change('')}>
          <X aria-hidden />
        </button>
      )}
    </div>
  );
}
