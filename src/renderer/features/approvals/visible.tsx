import { visibleParts } from '../../../shared/domain/visible-text.ts';

/**
 * Text that a model or a page wrote.
 *
 * SECURITY: it is data, never Markdown or HTML; what would hide or turn it is shown by its number, and its direction stays its own.
 */
export function Visible({ text }: { readonly text: string }) {
  return (
    <bdi>
      {visibleParts(text).map(({ text: part, isHidden }, at) =>
        // The parts of one text have no names of their own and never change their places.
        isHidden ? (
          <mark key={at} className="ask-hidden">
            {part}
          </mark>
        ) : (
          part
        ),
      )}
    </bdi>
  );
}
