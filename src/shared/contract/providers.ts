import { z } from 'zod';
import { providerId, requestKey } from '../domain/ids.ts';
import {
  apiKey,
  contextTokens,
  endpointFaults,
  localServer,
  modelFailureCodes,
  modelRole,
  modelTest,
  providerKind,
  providerName,
  providersView,
  providerView,
} from '../domain/provider.ts';
import { modelId } from '../domain/model-id.ts';
import { modelPrice } from '../domain/price.ts';
import { call, event } from './define.ts';
import { revision } from './pagination.ts';

/** `worker_unavailable`: no process could ask, now; the network has not been tried. `key_missing`: it cannot be opened here. */
const askErrors = ['not_found', 'worker_unavailable', 'key_missing', ...modelFailureCodes] as const;

export const providerRoutes = {
  'providers.list': call({ input: z.strictObject({}), output: providersView.extend({ revision }) }),
  /** A new one, or another way for one that is there. SECURITY: the key comes in here and never goes out. */
  'providers.save': call({
    input: z.strictObject({
      requestKey,
      providerId: providerId.nullable().default(null),
      kind: providerKind,
      name: providerName,
      /** Null takes where the kind answers by itself. */
      baseUrl: z.string().max(2_048).nullable().default(null),
      key: z
        .discriminatedUnion('is', [
          z.strictObject({ is: z.literal('kept') }),
          z.strictObject({ is: z.literal('removed') }),
          z.strictObject({ is: z.literal('new'), value: apiKey, acceptWeak: z.boolean().default(false) }),
        ])
        .default({ is: 'kept' }),
    }),
    output: providerView,
    errors: [
      'not_found',
      'too_many_providers',
      'key_for_another_address',
      'secrets_weak',
      'secrets_unavailable',
      'storage_full',
      ...endpointFaults,
    ],
  }),
  'providers.remove': call({ input: z.strictObject({ providerId }), output: z.strictObject({}), errors: ['not_found', 'storage_full'] }),
  /** Asks the endpoint for its models and keeps the list. */
  'providers.models': call({ input: z.strictObject({ providerId }), output: providerView, errors: [...askErrors, 'storage_full'] }),
  /** One real call of a model. */
  'providers.test': call({ input: z.strictObject({ providerId, modelId }), output: modelTest, errors: askErrors }),
  /** Null takes the choice away. */
  'providers.choose': call({
    input: z.strictObject({
      role: modelRole,
      choice: z
        .strictObject({
          providerId,
          modelId,
          /** Null takes what the endpoint told, or what is commonly so. */
          contextTokens: contextTokens.nullable().default(null),
        })
        .nullable(),
    }),
    output: providersView.shape.choices,
    errors: ['not_found', 'storage_full'],
  }),
  /** What the person pays for a model; null takes their word away, and what is published holds. */
  'providers.price': call({
    input: z.strictObject({ providerId, modelId, price: modelPrice.nullable() }),
    output: providersView.shape.prices,
    errors: ['not_found', 'storage_full'],
  }),
  /** The programs of this machine that serve models and are not among the providers. */
  'providers.probe': call({
    input: z.strictObject({}),
    output: z.strictObject({ found: z.array(localServer) }),
    errors: ['worker_unavailable'],
  }),
  'providers.changed': event(providersView.extend({ revision })),
} as const;
