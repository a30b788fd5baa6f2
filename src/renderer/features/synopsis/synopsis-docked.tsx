import { SynopsisView } from './synopsis-view.tsx';

/** The synopsis in the right pane; its tools are in the pane's bar. */
export function SynopsisDocked() {
  return (
    <div className="synopsis-scroll" tabIndex={-1}>
      <SynopsisView />
    </div>
  );
}
