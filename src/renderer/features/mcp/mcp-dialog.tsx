import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { McpServersView, McpServerView } from '../../../shared/domain/mcp.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ServerForm } from './server-form.tsx';
import { ServerRow } from './server-row.tsx';
import './mcp.css';

type Shown = { readonly what: 'list' } | { readonly what: 'form'; readonly server: McpServerView | null };

/** Servers of tools: which there are, whether they work, who may use them and what of them asks first. */
export function McpDialog() {
  const { mcp: store, view } = useServices();
  const { t, error } = useSpeech();
  const { view: all, failure } = useStore(store);
  const [shown, setShown] = useState<Shown>({ what: 'list' });
  useEffect(() => void store.reload(), [store]);
  const title = shown.what === 'list' ? t.mcp.title : shown.server === null ? t.mcp.addTitle : t.mcp.editTitle;
  const back = () => setShown({ what: 'list' });

  return (
    <Dialog open onClose={() => view.setDialog(null)} title={title} closeLabel={t.common.close}>
      {all === null ? (
        <p className="mcp-note" role="status">
          {failure === null ? t.common.loading : error(failure)}
        </p>
      ) : shown.what === 'form' ? (
        <ServerForm server={shown.server} secrets={all.secrets} onCancel={back} onSaved={back} />
      ) : (
        <ServerList all={all} onEdit={server => setShown({ what: 'form', server })} />
      )}
    </Dialog>
  );
}

interface ServerListProps {
  readonly all: McpServersView;
  readonly onEdit: (server: McpServerView | null) => void;
}

function ServerList({ all: { servers }, onEdit }: ServerListProps) {
  const { mcp: store } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const [leaving, setLeaving] = useState<McpServerView | null>(null);

  return (
    <div className="mcp">
      {servers.length === 0 ? (
        <EmptyState title={t.mcp.empty} lead={t.mcp.emptyLead} />
      ) : (
        <>
          <p className="mcp-note">{t.mcp.lead}</p>
          <ul className="mcp-servers" aria-label={t.mcp.servers}>
            {servers.map(server => (
              <ServerRow key={server.id} server={server} onEdit={() => onEdit(server)} onRemove={() => setLeaving(server)} />
            ))}
          </ul>
        </>
      )}
      <Button
        className="mcp-add"
        variant={servers.length === 0 ? 'accent' : 'plain'}
        icon={<Plus aria-hidden />}
        onClick={() => onEdit(null)}
      >
        {t.mcp.add}
      </Button>
      <ConfirmDialog
        open={leaving !== null}
        title={leaving === null ? '' : t.mcp.removeTitle(leaving.name)}
        lead={t.mcp.removeText}
        confirm={t.mcp.removeYes}
        cancel={t.mcp.back}
        onConfirm={() => {
          if (leaving !== null) void store.remove(leaving.id).then(sayError);
          setLeaving(null);
        }}
        onCancel={() => setLeaving(null)}
      />
    </div>
  );
}
