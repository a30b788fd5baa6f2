import { z } from 'zod';
import { providerId, type ProviderId } from '../../../shared/domain/ids.ts';
import { modelPrice, type ModelPrice } from '../../../shared/domain/price.ts';
import { modelView, type ModelChoice, type ModelRole, type ModelView, type ProviderKind } from '../../../shared/domain/provider.ts';
import type { Database } from '../connection.ts';
import { inWriteTransaction } from '../connection.ts';

/** A provider as it is stored. Its key is elsewhere. */
export interface StoredProvider {
  readonly id: ProviderId;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly baseUrl: string;
  readonly models: readonly ModelView[];
  readonly modelsSeenAtMs: number | null;
}

/** Providers of models and the model of each role. */
export interface Providers {
  /** In the order they were added. */
  list(): readonly StoredProvider[];
  find(id: ProviderId): StoredProvider | null;
  /** Adds it, or changes its kind, name and address; another address forgets the models of the one before. */
  put(provider: Omit<StoredProvider, 'models' | 'modelsSeenAtMs'>, atMs: number): StoredProvider;
  setModels(id: ProviderId, models: readonly ModelView[], atMs: number): void;
  /** Its choices go with it. False when it is not there. */
  remove(id: ProviderId): boolean;
  choices(): Partial<Record<ModelRole, ModelChoice>>;
  /** Null takes the choice away. The provider must be there. */
  choose(role: ModelRole, choice: ModelChoice | null, atMs: number): void;
  /** What the person pays for a model; null where they have not said. */
  price(id: ProviderId, modelId: string): ModelPrice | null;
  /** Null takes their word away. The provider must be there. */
  setPrice(id: ProviderId, modelId: string, price: ModelPrice | null, atMs: number): void;
}

interface ProviderRow {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly baseUrl: string;
  readonly models: string;
  readonly modelsSeenAtMs: number | null;
}
interface ChoiceRow {
  readonly role: ModelRole;
  readonly providerId: string;
  readonly modelId: string;
  readonly contextTokens: number;
}

const columns = 'id, kind, name, base_url AS baseUrl, models, models_seen_at_ms AS modelsSeenAtMs';
const storedModels = z.array(modelView);

export function createProviders(db: Database): Providers {
  const sql = {
    list: db.prepare<[], ProviderRow>(`SELECT ${columns} FROM provider ORDER BY created_at_ms, id`),
    find: db.prepare<[string], ProviderRow>(`SELECT ${columns} FROM provider WHERE id = ?`),
    put: db.prepare<Omit<ProviderRow, 'models' | 'modelsSeenAtMs'> & { atMs: number }>(`
      INSERT INTO provider (id, kind, name, base_url, models, created_at_ms, updated_at_ms) VALUES (@id, @kind, @name, @baseUrl, '[]', @atMs, @atMs)
      ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, base_url = excluded.base_url, updated_at_ms = excluded.updated_at_ms,
        models = iif(base_url = excluded.base_url AND kind = excluded.kind, models, '[]'),
        models_seen_at_ms = iif(base_url = excluded.base_url AND kind = excluded.kind, models_seen_at_ms, NULL)`),
    setModels: db.prepare<{ id: string; models: string; atMs: number }>(
      'UPDATE provider SET models = @models, models_seen_at_ms = @atMs WHERE id = @id',
    ),
    remove: db.prepare<[string]>('DELETE FROM provider WHERE id = ?'),
    choices: db.prepare<[], ChoiceRow>(
      'SELECT role, provider_id AS providerId, model_id AS modelId, context_tokens AS contextTokens FROM model_choice ORDER BY role',
    ),
    choose: db.prepare<ChoiceRow & { atMs: number }>(`
      INSERT INTO model_choice (role, provider_id, model_id, context_tokens, updated_at_ms) VALUES (@role, @providerId, @modelId, @contextTokens, @atMs)
      ON CONFLICT (role) DO UPDATE SET provider_id = excluded.provider_id, model_id = excluded.model_id,
        context_tokens = excluded.context_tokens, updated_at_ms = excluded.updated_at_ms`),
    unchoose: db.prepare<[string]>('DELETE FROM model_choice WHERE role = ?'),
    price: db.prepare<[string, string], { price: string }>('SELECT price FROM model_price WHERE provider_id = ? AND model_id = ?'),
    setPrice: db.prepare<{ id: string; modelId: string; price: string; atMs: number }>(`
      INSERT INTO model_price (provider_id, model_id, price, updated_at_ms) VALUES (@id, @modelId, @price, @atMs)
      ON CONFLICT (provider_id, model_id) DO UPDATE SET price = excluded.price, updated_at_ms = excluded.updated_at_ms`),
    forgetPrice: db.prepare<[string, string]>('DELETE FROM model_price WHERE provider_id = ? AND model_id = ?'),
  };

  function read({ models, ...row }: ProviderRow): StoredProvider {
    return { ...row, id: providerId.parse(row.id), models: storedModels.parse(JSON.parse(models)) };
  }
  function find(id: ProviderId): StoredProvider | null {
    const row = sql.find.get(id);
    return row === undefined ? null : read(row);
  }

  return {
    list: () => sql.list.all().map(read),
    find,
    put: (provider, atMs) =>
      inWriteTransaction(db, () => {
        sql.put.run({ ...provider, atMs });
        return { ...provider, models: find(provider.id)?.models ?? [], modelsSeenAtMs: find(provider.id)?.modelsSeenAtMs ?? null };
      }),
    setModels(id, models, atMs) {
      inWriteTransaction(db, () => {
        sql.setModels.run({ id, models: JSON.stringify(models), atMs });
      });
    },
    remove: id => inWriteTransaction(db, () => sql.remove.run(id).changes === 1),
    choices() {
      return Object.fromEntries(
        sql.choices.all().map(({ role, ...choice }) => [role, { ...choice, providerId: providerId.parse(choice.providerId) }]),
      );
    },
    choose(role, choice, atMs) {
      inWriteTransaction(db, () => {
        if (choice === null) sql.unchoose.run(role);
        else sql.choose.run({ role, ...choice, atMs });
      });
    },
    price(id, modelId) {
      const row = sql.price.get(id, modelId);
      return row === undefined ? null : modelPrice.parse(JSON.parse(row.price));
    },
    setPrice(id, modelId, price, atMs) {
      inWriteTransaction(db, () => {
        if (price === null) sql.forgetPrice.run(id, modelId);
        else sql.setPrice.run({ id, modelId, price: JSON.stringify(price), atMs });
      });
    },
  };
}
