import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ReachView } from '../../../shared/domain/reach.ts';
import type { WebSearchTest } from '../../../shared/domain/web-search.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { WebSearchForm } from './web-search-form.tsx';

/** What came of a test: what was found, an error code, or null while it is awaited. */
type Tested = WebSearchTest | string | null;

/** Where the assistant searches the web. */
export function WebSearchSection({ all }: { readonly all: ReachView }) {
  const { reach: store } = useServices();
  const sayError = useSayError();
  const { t, error } = useSpeech();
  const [isEditing, setEditing] = useState(false);
  const [tested, setTested] = useState<{ readonly result: Tested } | null>(null);
  const { webSearch } = all;

  async function test(): Promise<void> {
    setTested({ result: null });
    const outcome = await store.testSearch();
    setTested({ result: outcome.ok ? outcome.value : outcome.code });
  }
  const saidOf = (result: Tested): string => {
    if (result === null) return t.reach.testing;
    if (typeof result === 'string') return error(result);
    return result.count === 0 ? t.reach.testedNothing : t.reach.tested(result.count);
  };

  return (
    <section className="reach-part" aria-label={t.reach.search}>
      <h3>{t.reach.search}</h3>
      <p className="reach-note">{t.reach.searchHint}</p>
      {isEditing ? (
        <WebSearchForm
          all={all}
          onDone={() => {
            setEditing(false);
            setTested(null);
          }}
        />
      ) : webSearch === null ? (
        <Button size="s" className="reach-add" icon={<Plus aria-hidden />} onClick={() => setEditing(true)}>
          {t.reach.setUp}
        </Button>
      ) : (
        <>
          <div className="reach-row">
            <div className="reach-words">
              <strong>{t.reach.kinds[webSearch.kind]}</strong>
              <span className="reach-note reach-address">
                {webSearch.hasKey && <KeyRound role="img" aria-label={t.reach.withKey} />}
                {webSearch.url}
              </span>
            </div>
            <Button size="s" disabled={tested?.result === null} onClick={() => void test()}>
              {t.reach.test}
            </Button>
            <IconButton size="s" label={t.reach.change} icon={<Pencil />} onClick={() => setEditing(true)} />
            <IconButton
              size="s"
              label={t.reach.remove}
              icon={<Trash2 />}
              onClick={() => {
                setTested(null);
                void store.removeSearch().then(sayError);
              }}
            />
          </div>
          <p className={typeof tested?.result === 'string' ? 'reach-problem' : 'reach-note'} role="status">
            {tested === null ? null : saidOf(tested.result)}
          </p>
        </>
      )}
    </section>
  );
}
