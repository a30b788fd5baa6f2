import type { ApprovalView } from '../../shared/domain/approval.ts';
import { askedWords } from '../../shared/domain/asked-action.ts';
import { visibleLine, visibleText } from '../../shared/domain/visible-text.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import { askWordsFor } from './ask-words.ts';
import type { CommandContext } from './command-context.ts';

/** Whether it can still be answered, as far as its row tells. */
export function isOpen({ answered, isClosed, expiresAtMs }: ApprovalView): boolean {
  return answered === null && !isClosed && (expiresAtMs === null || expiresAtMs > Date.now());
}

/**
 * What is asked, whole.
 *
 * SECURITY: a model or a page wrote it: none of its characters may steer the terminal, and hidden ones are named instead of left
 * out, so that nobody allows what they do not see. Each line of the payload is marked as one, so it cannot pose as ours.
 */
export function askedLines(approval: ApprovalView, { locale }: Pick<CommandContext, 'locale'>): string[] {
  const words = askWordsFor(locale);
  const { type, tool, destination, payload, choices, expiresAtMs, whenExpired } = approval;
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return [
    `  ${words.asks[type]}: ${visibleLine(askedWords(approval, spokenLanguage(locale)))}`,
    ...(destination === null ? [] : [`    ${words.destination}: ${visibleLine(destination)}`]),
    ...(type === 'approval' ? [`    ${words.tool}: ${tool}`] : []),
    ...(payload === null ? [] : [`    ${words.payload}:`, ...payload.split('\n').map(line => `    | ${visibleText(line)}`)]),
    ...(choices.length === 0 ? [] : [`    ${words.choices}:`, ...choices.map(choice => `      - ${visibleLine(choice)}`)]),
    ...(expiresAtMs === null ? [] : [`    ${words.until(at.format(expiresAtMs))}, ${words.whenExpired[type][whenExpired]}`]),
    `    ${words.howTo(approval)}`,
  ];
}
