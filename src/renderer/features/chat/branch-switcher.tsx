import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { MessageView } from '../../../shared/domain/session.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

/** `‹ 2/3 ›`: the way between answers to one question, or wordings of it. Nothing where there is one alone. */
export function BranchSwitcher({ message: { sessionId, branch } }: { readonly message: MessageView }) {
  const { messages, view } = useServices();
  const sayError = useSayError();
  const { t, number } = useSpeech();
  if (branch === undefined) return null;
  const { index, count, ids } = branch;
  async function goTo(at: number): Promise<void> {
    const id = ids[at];
    if (id === undefined) return;
    const failed = await messages.showBranch(id);
    sayError(failed);
    // What follows it is another conversation, of another length: who looks at this place goes on looking at it.
    if (failed === null && messages.getState().sessionId === sessionId) view.seek({ what: 'message', sessionId, messageId: id });
  }
  return (
    <span className="branch" role="group" aria-label={t.chat.branch(index + 1, count)}>
      <IconButton size="s" label={t.chat.branchBefore} icon={<ChevronLeft />} disabled={index === 0} onClick={() => void goTo(index - 1)} />
      <span className="branch-place" aria-hidden>
        {number(index + 1)}/{number(count)}
      </span>
      <IconButton
        size="s"
        label={t.chat.branchAfter}
        icon={<ChevronRight />}
        disabled={index === count - 1}
        onClick={() => void goTo(index + 1)}
      />
    </span>
  );
}
