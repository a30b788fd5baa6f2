import { mcpAgents, type McpServerView } from '../../../shared/domain/mcp.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Switch, SwitchField } from '../../ui/switch-field.tsx';

/** Which agents may use a server, and which of its tools are called without asking. */
export function ServerAccess({ server }: { readonly server: McpServerView }) {
  const { mcp: store } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const { id, agents, tools } = server;
  const choose = (choice: Parameters<typeof store.choose>[1]): void => void store.choose(id, choice).then(sayError);
  const marked = tools.filter(({ isHarmless }) => isHarmless).map(({ name }) => name);
  const toggled = <T,>(list: readonly T[], each: T, isOn: boolean): T[] => [
    ...list.filter(other => other !== each),
    ...(isOn ? [each] : []),
  ];

  return (
    <details className="mcp-access">
      <summary>{t.mcp.details}</summary>
      <section aria-label={t.mcp.agents}>
        <h3>{t.mcp.agents}</h3>
        {mcpAgents.map(agent => (
          <SwitchField
            key={agent}
            label={t.mcp.agent[agent]}
            checked={agents.includes(agent)}
            onChange={isOn => choose({ agents: toggled(agents, agent, isOn) })}
          />
        ))}
      </section>
      <section aria-label={t.mcp.tools}>
        <h3>{t.mcp.tools}</h3>
        <p className="mcp-note">{t.mcp.toolsHint}</p>
        <ul className="mcp-tools">
          {tools.map(({ name, description, saysReadOnly, isHarmless }) => (
            <li key={name} className="mcp-tool">
              <div>
                <code>{name}</code>
                {/* Words of the server: shown as they are, as text alone. */}
                {description !== '' && <p className="mcp-tool-said">{description}</p>}
                {saysReadOnly && <p className="mcp-note">{t.mcp.saysReadOnly}</p>}
              </div>
              <span className="mcp-tool-asks" aria-hidden>
                {isHarmless ? t.mcp.free : t.mcp.asks}
              </span>
              <Switch
                label={t.mcp.harmless(name)}
                checked={isHarmless}
                onChange={isOn => choose({ harmlessTools: toggled(marked, name, isOn) })}
              />
            </li>
          ))}
        </ul>
      </section>
    </details>
  );
}
