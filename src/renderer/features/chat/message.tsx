import { memo } from 'react';
import type { DocumentView } from '../../../shared/domain/document.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import { Answer } from './answer.tsx';
import { BackgroundWord } from './background-word.tsx';
import { Question } from './question.tsx';
import { SynopsisWord } from './synopsis-word.tsx';
import './message.css';

interface MessageProps {
  readonly message: MessageView;
  readonly documents: readonly DocumentView[];
}

/** One message, by who says it and what it tells of. */
export const Message = memo(function Message({ message, documents }: MessageProps) {
  if (message.role === 'person') return <Question message={message} documents={documents} />;
  const live = message.state === 'pending' || message.state === 'streaming';
  switch (message.note) {
    case 'synopsis_started':
    case 'synopsis_ready':
      return <SynopsisWord message={message} live={live} />;
    case 'background_started':
      return <BackgroundWord message={message} />;
    default:
      return <Answer message={message} live={live} />;
  }
});
