import { useSpeech } from '../../state/context.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';

export function OpeningOriginal() {
  const { t } = useSpeech();
  return (
    <p className="reader-opening" role="status">
      <WorkingMark />
      {t.sources.pages.opening}
    </p>
  );
}
