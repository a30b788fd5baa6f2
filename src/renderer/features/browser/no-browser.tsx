import { useOpenLink, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

/** Where each maker offers its browser, without a reference to anybody. */
const makers = [
  { name: 'Google Chrome', url: 'https://www.google.com/chrome/' },
  { name: 'Microsoft Edge', url: 'https://www.microsoft.com/edge/download' },
  { name: 'Chromium', url: 'https://www.chromium.org/getting-involved/download-chromium/' },
] as const;

/** What to install where there is no browser that tasks could use. */
export function NoBrowser() {
  const { browser } = useServices();
  const openLink = useOpenLink();
  const { t } = useSpeech();
  return (
    <section className="no-browser" aria-label={t.browser.noneTitle}>
      <strong>{t.browser.noneTitle}</strong>
      <p>{t.browser.noneLead}</p>
      <p className="browser-ways">
        {makers.map(({ name, url }) => (
          <Button key={name} size="s" onClick={() => openLink(url)}>
            {t.browser.get(name)}
          </Button>
        ))}
        <Button size="s" variant="quiet" onClick={() => void browser.reloadInstalled()}>
          {t.browser.noneAgain}
        </Button>
      </p>
    </section>
  );
}
