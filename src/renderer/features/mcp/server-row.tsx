import { KeyRound, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { McpServerView } from '../../../shared/domain/mcp.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ServerAccess } from './server-access.tsx';
import { placeOf } from './typed-transport.ts';

interface ServerRowProps {
  readonly server: McpServerView;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

export function ServerRow({ server, onEdit, onRemove }: ServerRowProps) {
  const { mcp: store } = useServices();
  const { t } = useSpeech();
  const { transport } = server;
  const isTesting = useStore(store, state => state.trials.get(server.id)?.is === 'running');
  const hasValues = (transport.kind === 'http' ? transport.headers : transport.env).length > 0;
  return (
    <li className="mcp-server">
      <div className="mcp-server-words">
        <strong>{server.name}</strong>
        <span className="mcp-note mcp-place">
          {hasValues && <KeyRound aria-label={transport.kind === 'http' ? t.mcp.headers : t.mcp.variables} />}
          <code>{placeOf(transport)}</code>
        </span>
        <ServerState server={server} />
      </div>
      <IconButton
        size="s"
        label={t.mcp.test(server.name)}
        icon={<RefreshCw />}
        disabled={isTesting}
        onClick={() => void store.test(server.id)}
      />
      <IconButton size="s" label={t.mcp.edit(server.name)} icon={<Pencil />} onClick={onEdit} />
      <IconButton size="s" label={t.mcp.remove(server.name)} icon={<Trash2 />} onClick={onRemove} />
      {server.tools.length > 0 && <ServerAccess server={server} />}
    </li>
  );
}

/** Whether it works, as far as it is known. */
function ServerState({ server }: { readonly server: McpServerView }) {
  const { mcp: store } = useServices();
  const { t, error } = useSpeech();
  const trial = useStore(store, state => state.trials.get(server.id));
  if (trial?.is === 'failed')
    return (
      <div className="mcp-state" role="status">
        <p className="mcp-problem">{t.mcp.failure[trial.failure]}</p>
        {trial.detail !== '' && (
          <figure className="mcp-said">
            <figcaption>{t.mcp.said}</figcaption>
            <pre>{trial.detail}</pre>
          </figure>
        )}
      </div>
    );
  const words =
    trial?.is === 'running'
      ? [t.mcp.testing]
      : server.testedAtMs === null
        ? [t.mcp.notTested]
        : [
            t.mcp.toolCount(server.tools.length),
            ...(trial?.is === 'well' && trial.leftOut > 0 ? [t.mcp.leftOut(trial.leftOut)] : []),
            ...(trial?.is === 'well' && trial.unmarked.length > 0 ? [t.mcp.unmarked(trial.unmarked.join(', '))] : []),
          ];
  const problem = trial?.is === 'refused' ? error(trial.code) : server.isLocked ? t.mcp.locked : null;
  return (
    <p className={problem === null ? 'mcp-note mcp-state' : 'mcp-problem mcp-state'} role="status">
      {problem ?? words.join(' · ')}
    </p>
  );
}
