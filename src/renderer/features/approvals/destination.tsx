import { Fragment } from 'react';
import { useSpeech } from '../../state/context.tsx';
import { destinationParts } from './destination-parts.ts';
import { Visible } from './visible.tsx';

/** Where something goes to, whole: it takes as many lines as it needs, and a host breaks after its dots alone. */
export function Destination({ destination }: { readonly destination: string }) {
  const { t } = useSpeech();
  const { before, host, after } = destinationParts(destination);
  const isOther = host !== null && before === destination;
  return (
    <>
      <code className="ask-destination">
        <Visible text={before} />
        {host !== null && !isOther && <Host host={host} />}
        <Visible text={after} />
      </code>
      {isOther && (
        <p className="ask-warning">
          <Visible text={t.asks.realHost(host)} />
        </p>
      )}
    </>
  );
}

function Host({ host }: { readonly host: string }) {
  return (
    <strong className="ask-host">
      {host.split('.').map((part, at, parts) => (
        <Fragment key={at}>
          <Visible text={at < parts.length - 1 ? `${part}.` : part} />
          <wbr />
        </Fragment>
      ))}
    </strong>
  );
}
