import type { ModelChoice } from '../../../shared/domain/provider.ts';

/** A model as a choice in a list. An id of a provider has no blank, so the first one ends it. */
export const valueOf = ({ providerId, modelId }: Pick<ModelChoice, 'providerId' | 'modelId'>): string => `${providerId} ${modelId}`;
