import { createContext, type ReactNode } from 'react';

/** Shows Markdown that a person wrote. The window puts in what shows it in chats. */
export const MarkdownSlot = createContext<(props: { readonly text: string }) => ReactNode>(({ text }) => text);
