import './busy-mark.css';

/** A point that says that something is at work behind what it stands on; without words where its place says them. */
export function BusyMark({ label }: { readonly label?: string }) {
  return <span className="busy-mark">{label !== undefined && <span className="visually-hidden">, {label}</span>}</span>;
}
