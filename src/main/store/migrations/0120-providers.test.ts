import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { providerId } from '../../../shared/domain/ids.ts';
import { modelRoles, providerKinds } from '../../../shared/domain/provider.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { createProviders, type Providers } from '../providers/provider-repository.ts';
import { migration as providersMigration } from './0120-providers.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
let providers: Providers;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
  const before = migrations.filter(({ version }) => version < providersMigration.version);
  migrate(db, before, () => undefined);
  db.prepare("INSERT INTO setting (key, value, updated_at_ms) VALUES ('kept', '1', 1)").run();
  migrate(db, [...before, providersMigration], () => undefined);
  // What reads it today knows the tables of later ones, too.
  migrate(db, migrations, () => undefined);
  providers = createProviders(db);
});
afterEach(() => {
  db.close();
  folder.remove();
});
const id = (n: number) => providerId.parse(`01920000-0000-7000-8000-00000000000${n}`);
const local = { id: id(1), kind: 'openai_compatible', name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1' } as const;

test('the schema before stays, and every kind and role of the domain is taken', () => {
  expect(db.prepare("SELECT value FROM setting WHERE key = 'kept'").get()).toEqual({ value: '1' });
  for (const [at, kind] of providerKinds.entries()) providers.put({ ...local, id: id(at), kind }, at);
  for (const role of modelRoles) providers.choose(role, { providerId: id(0), modelId: 'm', contextTokens: 4_096 }, 1);
  expect(providers.list().map(({ kind }) => kind)).toEqual([...providerKinds]);
  expect(Object.keys(providers.choices()).sort()).toEqual([...modelRoles].sort());
});

test('a new name keeps the models, a new address forgets them', () => {
  const models = [{ id: 'tiny', contextTokens: 8_192 }];
  expect(providers.put(local, 1)).toEqual({ ...local, models: [], modelsSeenAtMs: null });
  providers.setModels(local.id, models, 5);
  expect(providers.put({ ...local, name: 'Other' }, 6)).toMatchObject({ name: 'Other', models, modelsSeenAtMs: 5 });
  expect(providers.put({ ...local, baseUrl: 'http://127.0.0.1:1234/v1' }, 7)).toMatchObject({ models: [], modelsSeenAtMs: null });
});

test('its choices go with a provider', () => {
  providers.put(local, 1);
  providers.choose('chat', { providerId: local.id, modelId: 'tiny', contextTokens: 4_096 }, 1);
  providers.choose('vision', { providerId: local.id, modelId: 'tiny', contextTokens: 4_096 }, 1);
  providers.choose('vision', null, 2);
  expect(providers.choices()).toEqual({ chat: { providerId: local.id, modelId: 'tiny', contextTokens: 4_096 } });
  expect(providers.remove(local.id)).toBe(true);
  expect(providers.remove(local.id)).toBe(false);
  expect(providers.choices()).toEqual({});
});

test('no model is chosen of a provider that is not there', () => {
  expect(() => providers.choose('chat', { providerId: id(9), modelId: 'm', contextTokens: 4_096 }, 1)).toThrow(/FOREIGN KEY/u);
});
