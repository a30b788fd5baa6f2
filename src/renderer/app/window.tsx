import { CSPProvider } from '@base-ui/react/csp-provider';
import { Component, useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { AsksOfJob } from '../features/approvals/asks-of-job.tsx';
import { Markdown } from '../features/chat/markdown.tsx';
import { AsksSlot, type AsksProps } from '../state/asks-slot.ts';
import { MarkdownSlot } from '../state/markdown-slot.ts';
import { ActionsContext, ServicesContext } from '../state/context.tsx';
import type { Actions } from '../state/actions.ts';
import type { Services } from '../state/services.ts';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { Button } from '../ui/button.tsx';
import { Shell } from './shell.tsx';

/** Rest before a tooltip shows, in milliseconds: passing over a row of buttons shows none. */
const tooltipDelayMs = 450;

const noCitations = [] as const;
const markdownOfPerson = ({ text }: { readonly text: string }): ReactNode => <Markdown text={text} citations={noCitations} />;

const asksOfJob = (props: AsksProps): ReactNode => <AsksOfJob {...props} />;

class Guard extends Component<{ readonly services: Services; readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const { t } = this.props.services.app.getState().speech;
    return (
      <div className="app-start">
        <div className="app-start-page" role="alert">
          <strong>{t.startup.broken}</strong>
          <Button onClick={() => location.reload()}>{t.startup.reload}</Button>
        </div>
      </div>
    );
  }
}

/** Language and theme on the document, where the style sheets and screen readers look for them. */
function useDocumentLook(services: Services): void {
  const speech = useStore(services.app, state => state.speech);
  const theme = useStore(services.app, state => state.settings?.theme ?? 'system');
  useEffect(() => {
    document.documentElement.lang = speech.language;
    document.title = speech.t.common.appName;
  }, [speech]);
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [theme]);
}

export function Window({ services, actions }: { readonly services: Services; readonly actions: Actions }) {
  useDocumentLook(services);
  return (
    // SECURITY: the content security policy refuses style elements; what they would hold is in our style sheets.
    <CSPProvider disableStyleElements>
      <ServicesContext value={services}>
        <ActionsContext value={actions}>
          <TooltipProvider delay={tooltipDelayMs}>
            <AsksSlot value={asksOfJob}>
              <MarkdownSlot value={markdownOfPerson}>
                <Guard services={services}>
                  <Shell />
                </Guard>
              </MarkdownSlot>
            </AsksSlot>
          </TooltipProvider>
        </ActionsContext>
      </ServicesContext>
    </CSPProvider>
  );
}
