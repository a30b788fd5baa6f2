import { Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { settingsPages, type SettingsPage } from '../../../shared/domain/settings-page.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AboutPage } from './pages/about-page.tsx';
import { AssistantPage } from './pages/assistant-page.tsx';
import { DataPage } from './pages/data-page.tsx';
import { GeneralPage } from './pages/general-page.tsx';
import { NotificationsPage } from './pages/notifications-page.tsx';
import './settings-dialog.css';

interface SettingsDialogProps {
  /** Of their own features. */
  readonly budgets: ReactNode;
  readonly browser: ReactNode;
  readonly updates: ReactNode;
}

export function SettingsDialog({ budgets, browser, updates }: SettingsDialogProps) {
  const { app, view } = useServices();
  const { t } = useSpeech();
  const settings = useStore(app, state => state.settings);
  const page = useStore(view, state => state.settingsPage);
  if (!settings) return null;

  const content: Record<SettingsPage, ReactNode> = {
    general: <GeneralPage settings={settings} />,
    notifications: <NotificationsPage settings={settings} />,
    assistant: <AssistantPage settings={settings} />,
    limits: budgets,
    browser,
    data: <DataPage settings={settings} />,
    about: <AboutPage updates={updates} />,
  };
  return (
    <Dialog open size="settings" onClose={() => view.setDialog(null)} title={t.settings.title} closeLabel={t.common.close}>
      <Tabs
        vertical
        label={t.settings.title}
        value={page}
        onChange={chosen => view.openSettings(chosen)}
        tabs={settingsPages.map(value => ({
          value,
          label: t.settings.page[value],
          panel: (
            <div className="settings">
              {/* A part that is still being read must not hide the whole dialog. */}
              <Suspense fallback={null}>{content[value]}</Suspense>
            </div>
          ),
        }))}
      />
    </Dialog>
  );
}
