import { MoveHorizontal, ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import { useSpeech } from '../../../state/context.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';

interface PdfToolsProps {
  /** 1-based. */
  readonly page: number;
  readonly pageCount: number;
  /** 1 is the size on paper. */
  readonly zoom: number;
  readonly fits: boolean;
  readonly goTo: (page: number) => void;
  readonly zoomBy: (direction: 1 | -1) => void;
  readonly fit: () => void;
}

/** Which page this is, and how large it is shown. */
export function PdfTools({ page, pageCount, zoom, fits, goTo, zoomBy, fit }: PdfToolsProps) {
  const { t } = useSpeech();
  const words = t.sources.pages;
  const [typed, setTyped] = useState<string | null>(null);
  function commit(): void {
    const wanted = Number.parseInt(typed ?? '', 10);
    setTyped(null);
    if (Number.isFinite(wanted)) goTo(Math.min(pageCount, Math.max(1, wanted)));
  }
  return (
    <div className="pdf-tools">
      <label className="pdf-place">
        <span className="visually-hidden">{words.page}</span>
        <input
          className="pdf-page-field"
          type="text"
          inputMode="numeric"
          size={Math.max(2, String(pageCount).length)}
          value={typed ?? String(page)}
          onFocus={event => event.target.select()}
          onChange={event => setTyped(event.target.value.replaceAll(/\D/gu, ''))}
          onBlur={() => setTyped(null)}
          onKeyDown={event => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape' && typed !== null) {
              event.stopPropagation();
              setTyped(null);
            }
          }}
        />
        <span>{words.of(pageCount)}</span>
      </label>
      <span className="pdf-zoom">
        <IconButton size="s" label={words.zoomOut} icon={<ZoomOut />} keys="−" onClick={() => zoomBy(-1)} />
        <span className="pdf-percent">{Math.round(zoom * 100)}&nbsp;%</span>
        <IconButton size="s" label={words.zoomIn} icon={<ZoomIn />} keys="+" onClick={() => zoomBy(1)} />
        <IconButton size="s" label={words.fitWidth} icon={<MoveHorizontal />} keys="0" pressed={fits} onClick={fit} />
      </span>
    </div>
  );
}
