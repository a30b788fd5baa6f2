import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { mcpServerName, type McpServersView, type McpServerView } from '../../../shared/domain/mcp.ts';
import { endpointFaults } from '../../../shared/domain/provider.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { readTransport, splitCommandLine, typedOf, type TypedTransport, type TypedValue } from './typed-transport.ts';

interface ServerFormProps {
  /** Null makes a new one. */
  readonly server: McpServerView | null;
  readonly secrets: McpServersView['secrets'];
  readonly onCancel: () => void;
  readonly onSaved: () => void;
}

const kinds = ['stdio', 'http'] as const;
/** Problems that stand at a field; the others are at the foot of the form. */
const ofAddress: ReadonlySet<string> = new Set(endpointFaults);
const ofName = 'name_taken';

export function ServerForm({ server, secrets, onCancel, onSaved }: ServerFormProps) {
  const { mcp: store } = useServices();
  const { t, error } = useSpeech();
  const [name, setName] = useState(server?.name ?? '');
  const [typed, setTyped] = useState<TypedTransport>(() => typedOf(server?.transport ?? null));
  const [acceptWeak, setAcceptWeak] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const change = (part: Partial<TypedTransport>) => setTyped(before => ({ ...before, ...part }));
  const hasNewValue = typed.values.some(({ name: each, value }) => each.trim() !== '' && value !== '');
  const isNamed = mcpServerName.safeParse(name).success;
  const isComplete =
    isNamed &&
    (typed.kind === 'http' ? typed.url.trim() !== '' : typed.command.trim() !== '') &&
    (!hasNewValue || secrets === 'strong' || acceptWeak);

  async function save(): Promise<void> {
    setSaving(true);
    setFailure(null);
    const saved = await store.save({ serverId: server?.id ?? null, name, transport: readTransport(typed), acceptWeak });
    setSaving(false);
    if (saved.ok) onSaved();
    else setFailure(saved.code);
  }
  /** What documentation shows is a whole line; pasted into the field of the program it takes its places. */
  function takeCommand(text: string): void {
    const line = splitCommandLine(text);
    if (line !== null && typed.args.trim() === '') change({ command: line.command, args: line.args.join('\n') });
  }

  return (
    <form
      className="mcp-form"
      onSubmit={event => {
        event.preventDefault();
        if (isComplete && !isSaving) void save();
      }}
    >
      <div className="field">
        <span className="field-name">{t.mcp.kind}</span>
        <Segmented
          label={t.mcp.kind}
          value={typed.kind}
          options={kinds.map(value => ({ value, label: t.mcp.kinds[value] }))}
          onChange={kind => change({ kind, values: [] })}
        />
      </div>
      <TextField
        label={t.mcp.name}
        value={name}
        maxLength={24}
        spellCheck={false}
        mono
        onChange={next => setName(next.toLowerCase().replace(/[^a-z0-9-]/gu, '-'))}
        hint={t.mcp.nameHint}
        problem={failure === ofName ? error(failure) : null}
      />
      {typed.kind === 'http' ? (
        <TextField
          label={t.mcp.address}
          value={typed.url}
          maxLength={2_048}
          spellCheck={false}
          inputMode="url"
          onChange={url => change({ url })}
          hint={t.mcp.addressHint}
          problem={failure !== null && ofAddress.has(failure) ? error(failure) : null}
        />
      ) : (
        <>
          <div onBlur={() => takeCommand(typed.command)}>
            <TextField
              label={t.mcp.command}
              value={typed.command}
              maxLength={4_096}
              spellCheck={false}
              mono
              onChange={command => change({ command })}
              hint={t.mcp.commandHint}
            />
          </div>
          <Arguments value={typed.args} onChange={args => change({ args })} />
        </>
      )}
      <Values kind={typed.kind} values={typed.values} isDisabled={secrets === 'unavailable'} onChange={values => change({ values })} />
      {hasNewValue && secrets === 'weak' && (
        <div className="mcp-weak">
          <p>{t.mcp.weak}</p>
          <SwitchField label={t.mcp.acceptWeak} checked={acceptWeak} onChange={setAcceptWeak} />
        </div>
      )}
      {typed.kind === 'stdio' && <p className="mcp-note">{t.mcp.runsHere}</p>}
      {failure !== null && failure !== ofName && !ofAddress.has(failure) && (
        <p className="mcp-problem" role="alert">
          {error(failure)}
        </p>
      )}
      <div className="mcp-form-foot">
        <Button onClick={onCancel}>{t.mcp.back}</Button>
        <Button variant="accent" disabled={!isComplete || isSaving} onClick={() => void save()}>
          {t.mcp.save}
        </Button>
      </div>
    </form>
  );
}

function Arguments({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t.mcp.args}</label>
      <textarea
        id={id}
        className="field-control mcp-args"
        rows={3}
        spellCheck={false}
        value={value}
        aria-describedby={`${id}-note`}
        onChange={event => onChange(event.target.value)}
      />
      <p id={`${id}-note`} className="field-note">
        {t.mcp.argsHint}
      </p>
    </div>
  );
}

interface ValuesProps {
  readonly kind: TypedTransport['kind'];
  readonly values: readonly TypedValue[];
  readonly isDisabled: boolean;
  readonly onChange: (values: readonly TypedValue[]) => void;
}

/** Variables or headers. SECURITY: a value is shown as dots, and never filled in with what is saved. */
function Values({ kind, values, isDisabled, onChange }: ValuesProps) {
  const { t } = useSpeech();
  const title = kind === 'http' ? t.mcp.headers : t.mcp.variables;
  const change = (key: number, part: Partial<TypedValue>) => onChange(values.map(each => (each.key === key ? { ...each, ...part } : each)));
  return (
    <fieldset className="mcp-values">
      <legend>{title}</legend>
      {values.map(({ key, name, value, isSaved }) => (
        <div key={key} className="mcp-value">
          <input
            className="field-control field-mono"
            aria-label={t.mcp.valueName}
            placeholder={kind === 'http' ? 'Authorization' : 'API_TOKEN'}
            spellCheck={false}
            readOnly={isSaved}
            value={name}
            onChange={event => change(key, { name: event.target.value })}
          />
          <input
            className="field-control"
            type="password"
            autoComplete="off"
            aria-label={name === '' ? t.mcp.value : `${t.mcp.value}: ${name}`}
            placeholder={isSaved ? t.mcp.valueKept : t.mcp.value}
            disabled={isDisabled}
            value={value}
            onChange={event => change(key, { value: event.target.value })}
          />
          <IconButton
            size="s"
            label={t.mcp.removeValue(name)}
            icon={<X />}
            onClick={() => onChange(values.filter(each => each.key !== key))}
          />
        </div>
      ))}
      <div className="mcp-values-foot">
        <Button
          size="s"
          icon={<Plus aria-hidden />}
          onClick={() =>
            onChange([...values, { key: Math.max(-1, ...values.map(({ key }) => key)) + 1, name: '', value: '', isSaved: false }])
          }
        >
          {kind === 'http' ? t.mcp.addHeader : t.mcp.addVariable}
        </Button>
        {values.length > 0 && <p className="mcp-note">{t.mcp.valuesHint}</p>}
      </div>
    </fieldset>
  );
}
