import type { ApprovalAnswer, ApprovalView } from '../../../shared/domain/approval.ts';
import { askedWords } from '../../../shared/domain/asked-action.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';

/** Characters of a notification's text that every system shows: about three lines of the narrowest. */
const bodyLimit = 150;
/** Characters of a choice on a button. */
const labelLimit = 40;

const words = {
  ru: {
    approval: 'Нужно ваше разрешение',
    question: 'Вопрос к вам',
    allow: 'Разрешить',
    deny: 'Отклонить',
    decline: 'Не отвечать',
    to: 'Куда:',
  },
  en: {
    approval: 'Your approval is needed',
    question: 'A question for you',
    allow: 'Allow',
    deny: 'Deny',
    decline: 'Do not answer',
    to: 'To:',
  },
} as const;

/** One button outside the window. */
export interface Reply {
  readonly label: string;
  readonly answer: ApprovalAnswer;
}

/** A question in the few lines there are outside the window. */
export interface AskedOutside {
  readonly title: string;
  readonly body: string;
  readonly replies: readonly Reply[];
  /** A line typed there can be its answer. */
  readonly takesWords: boolean;
}

/**
 * What is asked as a notification or a menu can tell it, and what can be answered from there.
 *
 * SECURITY: "allow" is offered only where all that is allowed is told: a payload or a text that does not fit is allowed in the
 * window alone, where all of it is before the person's eyes. Denying is always offered.
 */
export function askedOutside(approval: ApprovalView, language: Language): AskedOutside {
  const text = words[language];
  const { type, destination, payload, choices } = approval;
  const whole = [
    visibleLine(askedWords(approval, language)),
    ...(destination === null ? [] : [`${text.to} ${visibleLine(destination)}`]),
  ].join('\n');
  const told = payload === null ? whole : `${whole}\n${visibleLine(payload)}`;
  const fits = told.length <= bodyLimit;
  const body = fits ? told : shortened(whole);
  const deny = { decision: 'deny', scope: 'once', answer: null } as const;
  if (type === 'approval') {
    const replies: Reply[] = fits ? [{ label: text.allow, answer: { decision: 'allow', scope: 'once', answer: null } }] : [];
    return { title: text.approval, body, replies: [...replies, { label: text.deny, answer: deny }], takesWords: false };
  }
  // Choices that look alike once they are cut are no choice.
  const areShort = choices.every(choice => visibleLine(choice) === choice && choice.length <= labelLimit);
  const replies: Reply[] = areShort
    ? choices.map(choice => ({ label: choice, answer: { decision: 'allow', scope: 'once', answer: choice } }))
    : [];
  return {
    title: text.question,
    body,
    replies: [...replies, { label: text.decline, answer: deny }],
    takesWords: choices.length === 0,
  };
}

function shortened(text: string): string {
  return text.length <= bodyLimit ? text : `${text.slice(0, bodyLimit - 1).trimEnd()}…`;
}
