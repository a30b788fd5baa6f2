import { z } from 'zod';
import { folderId } from '../domain/ids.ts';
import { apiKey, endpointFaults } from '../domain/provider.ts';
import { reachView } from '../domain/reach.ts';
import { searchFailureCodes, webSearchKind, webSearchTest } from '../domain/web-search.ts';
import { call, event } from './define.ts';
import { revision } from './pagination.ts';

/** `folder_not_grantable`: the whole disk, the person's home, the program's own data, or hidden. */
const grantErrors = ['bad_folder', 'folder_not_grantable', 'too_many_folders', 'storage_full'] as const;

/** What agents may reach: the search of the web and folders. Each answers with all of it. */
export const reachRoutes = {
  'reach.get': call({ input: z.strictObject({}), output: reachView.extend({ revision }) }),
  /** SECURITY: the key comes in here and never goes out. */
  'reach.saveSearch': call({
    input: z.strictObject({
      kind: webSearchKind,
      /** Null takes where the kind answers by itself. */
      url: z.string().max(2_048).nullable().default(null),
      key: z
        .discriminatedUnion('is', [
          z.strictObject({ is: z.literal('kept') }),
          z.strictObject({ is: z.literal('removed') }),
          z.strictObject({ is: z.literal('new'), value: apiKey, acceptWeak: z.boolean().default(false) }),
        ])
        .default({ is: 'kept' }),
    }),
    output: reachView,
    errors: ['key_needed', 'key_for_another_address', 'secrets_weak', 'secrets_unavailable', 'storage_full', ...endpointFaults],
  }),
  /** With its key. */
  'reach.removeSearch': call({ input: z.strictObject({}), output: reachView, errors: ['storage_full'] }),
  /** One real search for a common word. */
  'reach.testSearch': call({
    input: z.strictObject({}),
    output: webSearchTest,
    errors: ['not_found', 'worker_unavailable', 'key_missing', ...searchFailureCodes],
  }),
  /** A folder the person picks in the system's dialog; nothing changes when they cancel. The desktop alone has such a dialog. */
  'reach.chooseFolder': call({
    input: z.strictObject({ mayWrite: z.boolean() }),
    output: reachView,
    errors: ['no_dialog', ...grantErrors],
  }),
  /** SECURITY: a path from outside grants nothing where there is a dialog, which no page can answer. `use_dialog` says so. */
  'reach.grantFolder': call({
    input: z.strictObject({ path: z.string().min(1).max(4_096), mayWrite: z.boolean() }),
    output: reachView,
    errors: ['use_dialog', ...grantErrors],
  }),
  'reach.changeFolder': call({
    input: z.strictObject({ folderId, mayWrite: z.boolean() }),
    output: reachView,
    errors: ['not_found', 'storage_full'],
  }),
  /** The files stay; agents see them no more. */
  'reach.removeFolder': call({ input: z.strictObject({ folderId }), output: reachView, errors: ['not_found', 'storage_full'] }),
  'reach.changed': event(reachView.extend({ revision })),
} as const;
