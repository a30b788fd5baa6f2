import { freeOfCharge, type KnownPrice, type ModelPrice } from '../../../shared/domain/price.ts';
import { defaultBaseUrls, runsElsewhere } from '../../../shared/domain/provider.ts';
import type { StoredProvider } from '../../store/providers/provider-repository.ts';
import { readEndpointUrl } from './endpoint-url.ts';
import { publishedPrice } from './price-table.ts';

/**
 * What is known of a model's price. A server on this machine takes nothing, unless it hands the model's work to others; the
 * published prices hold at the provider's own address and nowhere else.
 */
export function priceOfModel(provider: StoredProvider, modelId: string, said: ModelPrice | null): KnownPrice {
  const of = { providerId: provider.id, modelId };
  const plain = (from: KnownPrice['from'], price: ModelPrice | null): KnownPrice => ({ ...of, price, from, asOf: null, source: null });
  if (said !== null) return plain('person', said);
  const listed = provider.models.find(({ id }) => id === modelId)?.price;
  if (listed !== undefined) return plain('endpoint', listed);
  const address = readEndpointUrl(provider.baseUrl, false);
  if (address.ok && address.isLoopback && !runsElsewhere(modelId)) return plain('this_machine', freeOfCharge);
  const row = provider.baseUrl === defaultBaseUrls[provider.kind] ? publishedPrice(provider.kind, modelId) : null;
  if (row === null) return plain(null, null);
  return { ...of, price: row.price, from: 'table', asOf: row.asOf, source: row.source };
}
