import type { Template } from '../../shared/domain/synopsis.ts';
import type { CallContext } from './calls/call-context.ts';
import { likelyTemplate } from './likely-template.ts';
import { requestSynopsis, type RequestedSynopsis, type SynopsisRequest } from './synopsis-request.ts';

/** Starts a synopsis, or joins the one being made; a kind that nobody named is the likely one. The windows are told. */
export async function beginSynopsis(
  context: Pick<CallContext, 'store' | 'reader' | 'jobViews' | 'engine' | 'models' | 'changes' | 'language' | 'now'>,
  { template, ...request }: Omit<SynopsisRequest, 'template'> & { readonly template: Template | null },
): Promise<Pick<RequestedSynopsis, 'version' | 'joined'>> {
  const { sessionId } = request;
  const { version, startedMessage, joined } = requestSynopsis(context, {
    ...request,
    template: template ?? (await likelyTemplate(context, sessionId)),
  });
  if (startedMessage !== null) {
    context.changes.synopsis(version.id);
    context.changes.messages(sessionId, [startedMessage]);
    context.changes.sessions([sessionId]);
  }
  return { version, joined };
}
