import { BellRing } from 'lucide-react';
import { useEffect, useState } from 'react';
import { testWords } from '../../../shared/domain/notice-test-words.ts';
import type { NoticeTestOutcome } from '../../../shared/domain/notice.ts';
import { useHost, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

/** Sends a real notification and says what became of it. A page in a browser asks for the permission here and nowhere else. */
export function TestNotification({ silent }: { readonly silent: boolean }) {
  const { client, pageNotifier } = useServices();
  const sayError = useSayError();
  const { t, language } = useSpeech();
  const isPage = useHost() === 'headless';
  const [outcome, setOutcome] = useState<NoticeTestOutcome | null>(null);
  const [isSending, setSending] = useState(false);
  const [permission, setPermission] = useState(pageNotifier.permission());
  useEffect(() => pageNotifier.onChange(() => setPermission(pageNotifier.permission())), [pageNotifier]);

  async function sendHere(): Promise<NoticeTestOutcome> {
    await pageNotifier.ask();
    return pageNotifier.show({ id: crypto.randomUUID(), ...testWords[language], silent }, () => undefined);
  }

  async function sendThere(): Promise<NoticeTestOutcome | null> {
    const result = await client.call('notices.test', {});
    if (result.ok) return result.value.outcome;
    sayError(result.error.code);
    return null;
  }

  async function send(): Promise<void> {
    setSending(true);
    setOutcome(null);
    setOutcome(await (isPage ? sendHere() : sendThere()));
    setSending(false);
  }

  const said = outcome ?? (isPage && permission !== 'granted' ? permission : null);
  return (
    <div className="setting setting-test">
      <Button size="s" icon={<BellRing aria-hidden />} disabled={isSending} onClick={() => void send()}>
        {t.notices.test}
      </Button>
      <p className="setting-hint" role="status">
        {said !== null && t.notices.tested[said]}
      </p>
    </div>
  );
}
