import type { ReactNode } from 'react';
import type { Snippet } from '../../shared/domain/snippet.ts';

/** A snippet in one line, with what was searched for marked. */
export function MarkedSnippet({ snippet: { text, marks } }: { readonly snippet: Snippet }) {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { start, end } of marks) {
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>);
    from = end;
  }
  return (
    <span className="marked-snippet truncate">
      {parts}
      {text.slice(from)}
    </span>
  );
}
