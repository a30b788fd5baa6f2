import { useState } from 'react';
import { modelRoles, type ModelChoice, type ModelRole, type ModelTest, type ProvidersView } from '../../../shared/domain/provider.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { valueOf } from './choice-value.ts';
import { MeaningHealth } from './meaning-health.tsx';
import { ModelPriceLine } from './model-price.tsx';

/** Which model does what. */
export function RoleChoices({ all }: { readonly all: ProvidersView }) {
  const { t } = useSpeech();
  return (
    <section className="models-part" aria-label={t.models.roles}>
      <h3>{t.models.roles}</h3>
      <p className="models-note">{t.models.rolesHint}</p>
      {modelRoles.map(role => (
        <RoleChoice key={role} role={role} all={all} />
      ))}
      <p className="models-note">{t.models.contextHint}</p>
    </section>
  );
}

type Tested = { readonly of: string; readonly result: ModelTest | string | null };

function RoleChoice({ role, all: { providers, choices, prices } }: { readonly role: ModelRole; readonly all: ProvidersView }) {
  const { models: store } = useServices();
  const sayError = useSayError();
  const { t, error, duration } = useSpeech();
  const [tested, setTested] = useState<Tested | null>(null);
  const choice = choices[role] ?? null;
  const value = choice === null ? '' : valueOf(choice);
  const price = prices.find(known => valueOf(known) === value);
  const options = providers.flatMap(provider =>
    provider.models.map(({ id }) => ({ value: valueOf({ providerId: provider.id, modelId: id }), label: `${id} · ${provider.name}` })),
  );
  // One that the endpoint no longer lists stays chosen until the person chooses another.
  const gone = choice !== null && !options.some(option => option.value === value) ? [{ value, label: choice.modelId }] : [];

  async function choose(next: string): Promise<void> {
    setTested(null);
    const provider = providers.find(({ id }) => next.startsWith(`${id} `));
    sayError(
      await store.choose(role, provider === undefined ? null : { providerId: provider.id, modelId: next.slice(provider.id.length + 1) }),
    );
  }
  async function test(of: ModelChoice): Promise<void> {
    setTested({ of: value, result: null });
    const outcome = await store.test(of.providerId, of.modelId);
    setTested({ of: value, result: outcome.ok ? outcome.value : outcome.code });
  }
  const news = tested !== null && tested.of === value ? tested : null;

  return (
    <div className="role-choice">
      <SelectField
        label={t.models.role[role]}
        value={value}
        options={[{ value: '', label: t.models.roleNone[role] }, ...gone, ...options]}
        onChange={next => void choose(next)}
      />
      {choice !== null && (
        <div className="role-choice-more">
          <ContextSize key={`${value} ${choice.contextTokens}`} role={role} choice={choice} />
          {role !== 'embeddings' && (
            <Button
              size="s"
              disabled={news?.result === null}
              aria-label={t.models.test(t.models.role[role])}
              onClick={() => void test(choice)}
            >
              {t.models.testShort}
            </Button>
          )}
        </div>
      )}
      {role === 'chat' && choice !== null && choice.contextTokens < roomyContextTokens && (
        <p className="models-note">{t.models.contextSmall}</p>
      )}
      {price !== undefined && isPaidFor(role) && <ModelPriceLine key={value} known={price} role={t.models.role[role]} />}
      {role === 'embeddings' && choice !== null && <MeaningHealth key={value} />}
      {news !== null && (
        <p className={typeof news.result === 'string' ? 'models-problem' : 'models-note'} role="status">
          {news.result === null
            ? t.models.testing
            : typeof news.result === 'string'
              ? error(news.result)
              : t.models.tested(choice?.modelId ?? '', duration(news.result.firstMs))}
        </p>
      )}
    </div>
  );
}

/** Of the other roles nothing is asked yet. */
const isPaidFor = (role: ModelRole): boolean => role === 'chat' || role === 'synopsis';

/** Below it the assistant's own tools take so much of a context that some are left out; those of a server come on top. */
const roomyContextTokens = 8_192;

/** Bounds of a context's size, as its schema has them. */
const bounds = { min: 512, max: 20_000_000 } as const;

function ContextSize({ role, choice }: { readonly role: ModelRole; readonly choice: ModelChoice }) {
  const { models: store } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const [text, setText] = useState(String(choice.contextTokens));
  const typed = Number(text);
  const isValid = Number.isInteger(typed) && typed >= bounds.min && typed <= bounds.max;
  return (
    <label>
      {t.models.contextLabel}
      <input
        className="field-control role-context"
        aria-label={t.models.context(t.models.role[role])}
        inputMode="numeric"
        value={text}
        aria-invalid={!isValid}
        onChange={event => setText(event.target.value)}
        onBlur={() => {
          if (!isValid) setText(String(choice.contextTokens));
          else if (typed !== choice.contextTokens) void store.choose(role, { ...choice, contextTokens: typed }).then(sayError);
        }}
        onKeyDown={event => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </label>
  );
}
