import { Copy } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useActions, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

/** Lines that are laid out together: while code grows, only its last piece is laid out again. */
const linesPerPiece = 80;

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
    if (lines < linesPerPiece) continue;
    pieces.push(text.slice(from, at));
    from = at + 1;
    lines = 0;
  }
  return [...pieces, text.slice(from)];
}

const Piece = memo(function Piece({ text }: { readonly text: string }) {
  // An empty line has a height too.
  return <span className="code-piece">{text === '' ? '\n' : text}</span>;
});

/** Code as it was written, with the way to take it along. */
export const CodeBlock = memo(function CodeBlock({ text, language }: { readonly text: string; readonly language: string }) {
  const { t } = useSpeech();
  const actions = useActions();
  const pieces = useMemo(() => piecesOf(text), [text]);
  return (
    <figure className="code-block" aria-label={t.chat.code(language)}>
      <figcaption>
        <span className="truncate">{language}</span>
        <IconButton
          size="s"
          label={t.chat.copyCode}
          icon={<Copy />}
          onClick={() => void actions.copyText(text, said => said.t.common.copied)}
        />
      </figcaption>
      <pre tabIndex={0}>
        <code>
          {pieces.map((piece, at) => (
            <Piece key={at} text={piece} />
          ))}
        </code>
      </pre>
    </figure>
  );
});
