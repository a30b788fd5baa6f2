import './working-mark.css';

/** Says that something is being worked on. Turns slowly; stands still where motion is unwanted. */
export function WorkingMark() {
  return <span className="working-mark" aria-hidden />;
}
