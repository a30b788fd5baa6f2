import type { ReactNode } from 'react';
import './empty-state.css';

export function EmptyState({ title, lead, children }: { readonly title?: string; readonly lead: string; readonly children?: ReactNode }) {
  return (
    <div className="empty-state">
      {title !== undefined && <h2 className="empty-title">{title}</h2>}
      <p className="empty-lead">{lead}</p>
      {children}
    </div>
  );
}
