import './page-picture.css';

/** A picture of a page within a card, whole. */
export function PagePicture({ src, alt }: { readonly src: string; readonly alt: string }) {
  return <img className="page-picture" src={src} alt={alt} />;
}
