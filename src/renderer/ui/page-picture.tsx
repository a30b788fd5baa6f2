import { useState } from 'react';
import './page-picture.css';

interface PagePictureProps {
  readonly src: string;
  readonly alt: string;
  /** Of the button that shows it as large as its card is wide. */
  readonly largerLabel: string;
}

/** A picture of a page within a card: small, so that what is asked stays in sight, and with a press as large as there is room. */
export function PagePicture({ src, alt, largerLabel }: PagePictureProps) {
  const [isLarge, setLarge] = useState(false);
  return (
    <button
      type="button"
      className="page-picture"
      aria-label={`${alt}. ${largerLabel}`}
      aria-expanded={isLarge}
      onClick={() => setLarge(!isLarge)}
    >
      <img className={isLarge ? 'page-picture-large' : undefined} src={src} alt="" />
    </button>
  );
}
