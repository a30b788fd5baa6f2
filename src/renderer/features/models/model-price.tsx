import { useState } from 'react';
import type { KnownPrice, ModelPrice } from '../../../shared/domain/price.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Speech } from '../../i18n/format.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { readPrice, writePrice } from './read-price.ts';

/** What a model's tokens cost and who says so, and a way to say it oneself. */
export function ModelPriceLine({ known, role }: { readonly known: KnownPrice; readonly role: string }) {
  const speech = useSpeech();
  const { t } = speech;
  const [isEditing, setEditing] = useState(false);
  const label = known.price === null ? t.models.priceSet : t.models.priceChange;
  if (isEditing) return <PriceForm known={known} onDone={() => setEditing(false)} />;
  return (
    <div className="model-price">
      <p className="models-note">{describePrice(known, speech)}</p>
      <Button size="s" variant="quiet" aria-label={t.models.priceOf(label, role)} onClick={() => setEditing(true)}>
        {label}
      </Button>
    </div>
  );
}

function describePrice({ price, from, asOf, source }: KnownPrice, speech: Speech): string {
  const { models } = speech.t;
  if (price === null || from === null) return models.priceUnknown;
  if (from === 'this_machine') return models.priceFree;
  const said = (usd: number) => models.usd(writePrice(usd, speech.language));
  const figures = models.price(said(price.input), said(price.output), price.cached === null ? null : said(price.cached));
  const limit = price.upToInputTokens === null ? null : models.priceUpTo(speech.number(price.upToInputTokens));
  const host = source === null ? '' : new URL(source).host;
  const origin = from === 'table' ? models.priceFromTable(host, asOf === null ? '' : day(asOf, speech.language)) : models.priceFrom[from];
  return [figures, ...(limit === null ? [] : [limit]), origin].join(' ');
}

/** A date without a time is the same day everywhere. */
function day(date: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
}

function PriceForm({ known, onDone }: { readonly known: KnownPrice; readonly onDone: () => void }) {
  const { models: store } = useServices();
  const sayError = useSayError();
  const { t, language } = useSpeech();
  const shown = (usd: number | null | undefined) => (usd == null ? '' : writePrice(usd, language));
  const [input, setInput] = useState(shown(known.price?.input));
  const [output, setOutput] = useState(shown(known.price?.output));
  const [cached, setCached] = useState(shown(known.price?.cached));
  const [hasTried, setTried] = useState(false);
  const read = (text: string) => readPrice(text, language);
  const [inputUsd, outputUsd, cachedUsd] = [read(input), read(output), cached.trim() === '' ? null : read(cached)];
  const isCachedBad = cached.trim() !== '' && cachedUsd === null;

  async function set(price: ModelPrice | null): Promise<void> {
    const failure = await store.setPrice(known.providerId, known.modelId, price);
    sayError(failure);
    if (failure === null) onDone();
  }
  function save(): void {
    setTried(true);
    if (inputUsd === null || outputUsd === null || isCachedBad) return;
    void set({ input: inputUsd, output: outputUsd, cached: cachedUsd, upToInputTokens: null });
  }

  return (
    <div className="model-price-form" role="group" aria-label={t.models.priceTitle(known.modelId)}>
      <p className="models-note">{t.models.priceHint}</p>
      <UsdField label={t.models.priceInput} value={input} isBad={hasTried && inputUsd === null} autoFocus onChange={setInput} />
      <UsdField label={t.models.priceOutput} value={output} isBad={hasTried && outputUsd === null} onChange={setOutput} />
      <UsdField
        label={t.models.priceCached}
        value={cached}
        hint={t.models.priceCachedHint}
        isBad={hasTried && isCachedBad}
        onChange={setCached}
      />
      <div className="provider-form-foot">
        {known.from === 'person' && (
          <Button size="s" variant="quiet" onClick={() => void set(null)}>
            {t.models.priceForget}
          </Button>
        )}
        <Button size="s" onClick={onDone}>
          {t.models.back}
        </Button>
        <Button size="s" variant="accent" onClick={save}>
          {t.models.save}
        </Button>
      </div>
    </div>
  );
}

interface UsdFieldProps {
  readonly label: string;
  readonly value: string;
  readonly isBad: boolean;
  readonly hint?: string;
  readonly autoFocus?: boolean;
  readonly onChange: (text: string) => void;
}

function UsdField({ isBad, ...field }: UsdFieldProps) {
  const { t } = useSpeech();
  return <TextField {...field} inputMode="decimal" maxLength={20} narrow problem={isBad ? t.models.badPrice : null} />;
}
