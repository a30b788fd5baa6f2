import { ChevronDown } from 'lucide-react';
import { Fragment, useId, useMemo, useState } from 'react';
import { ownTools } from '../../../shared/domain/agent.ts';
import { useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { payloadFields, type PayloadField } from './payload-fields.ts';
import { Visible } from './visible.tsx';

interface PayloadProps {
  readonly tool: string;
  readonly payload: string;
  /** The same with a line for each value. */
  readonly pretty: string;
}

/** All that is sent: as fields with names where it has some, and to the letter with one press. */
export function Payload({ tool, payload, pretty }: PayloadProps) {
  const { t } = useSpeech();
  const [isExact, setExact] = useState(false);
  const exactId = useId();
  const fields = useMemo(() => payloadFields(payload), [payload]);
  return (
    <>
      {fields !== null && (
        <>
          <Fields fields={fields} isOwn={own.has(tool)} />
          <Button
            size="s"
            variant="quiet"
            className="ask-exact"
            icon={<ChevronDown aria-hidden />}
            aria-expanded={isExact}
            aria-controls={exactId}
            onClick={() => setExact(!isExact)}
          >
            {t.asks.exact}
          </Button>
        </>
      )}
      {(isExact || fields === null) && (
        // Reached by the Tab key, so that the arrows scroll it.
        <pre id={exactId} className="ask-payload" role="group" aria-label={t.asks.payload} tabIndex={0}>
          <Visible text={pretty} />
        </pre>
      )}
    </>
  );
}

const own: ReadonlySet<string> = new Set(ownTools);

interface FieldsProps {
  readonly fields: readonly PayloadField[];
  /** The tool is the program's own; what a field of another one means is not known here. */
  readonly isOwn: boolean;
}

function Fields({ fields, isOwn }: FieldsProps) {
  const { t } = useSpeech();
  const names: Readonly<Record<string, string>> = isOwn ? t.asks.fields : {};
  if (fields.length === 0) return <p className="ask-note">{t.asks.noFields}</p>;
  return (
    <div className="ask-fields" role="group" aria-label={t.asks.payload} tabIndex={0}>
      <dl>
        {fields.map(({ name, value }) => (
          <Fragment key={name}>
            <dt>{Object.hasOwn(names, name) ? names[name] : <Visible text={name} />}</dt>
            <dd>
              {typeof value === 'string' ? <Visible text={value} /> : value === null ? t.asks.notGiven : t.asks.isSo[value ? 'yes' : 'no']}
            </dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}
