import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useActions, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import './chat-start.css';

/** An empty chat: what can be done with it, in three lines. `found` and `connect` are parts of the feature of models. */
export function ChatStart({ found, connect }: { readonly found: ReactNode; readonly connect: ReactNode }) {
  const { t } = useSpeech();
  const actions = useActions();
  const steps = [
    { title: t.chat.startDrop, hint: t.chat.startDropHint },
    { title: t.chat.startAsk, hint: t.chat.startAskHint },
    { title: t.chat.startSynopsis, hint: t.chat.startSynopsisHint },
  ];
  return (
    <div className="chat-start">
      <div className="chat-start-page">
        <h2 className="chat-start-title">{t.chat.emptyTitle}</h2>
        <p className="chat-start-lead">{t.chat.emptyLead}</p>
        {found}
        <ol className="chat-start-steps">
          {steps.map((step, at) => (
            <li key={step.title}>
              <span className="chat-start-number" aria-hidden>
                {at + 1}
              </span>
              <span>
                <strong>{step.title}</strong>
                <span className="chat-start-hint">{step.hint}</span>
              </span>
            </li>
          ))}
        </ol>
        <div className="chat-start-demo">
          <Button variant="accent" onClick={() => void actions.openDemo()}>
            {t.chat.openDemo}
            <ArrowRight aria-hidden />
          </Button>
          <span>{t.chat.openDemoHint}</span>
        </div>
        {connect}
      </div>
    </div>
  );
}
