import { z } from 'zod';

/** Files that a synopsis is saved as, in the order in which the person chooses. */
export const fileFormats = ['markdown', 'html', 'pdf', 'docx', 'apkg', 'cards', 'bundle'] as const;
export const fileFormat = z.enum(fileFormats);
export type FileFormat = (typeof fileFormats)[number];

/** The format that files of our own have: everything that another installation needs to show a synopsis with its quotes. */
export const bundleExtension = 'konspekt';

/** How each file is called and served. */
export const fileKinds: Readonly<Record<FileFormat, { readonly extension: string; readonly mediaType: string }>> = {
  markdown: { extension: 'md', mediaType: 'text/markdown; charset=utf-8' },
  html: { extension: 'html', mediaType: 'text/html; charset=utf-8' },
  pdf: { extension: 'pdf', mediaType: 'application/pdf' },
  docx: { extension: 'docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  apkg: { extension: 'apkg', mediaType: 'application/octet-stream' },
  cards: { extension: 'txt', mediaType: 'text/plain; charset=utf-8' },
  bundle: { extension: bundleExtension, mediaType: 'application/zip' },
};

/** The endings a person may give a file, in a list. */
export const fileEndings = fileFormats.map(format => `.${fileKinds[format].extension}`).join(', ');

/** The format that a file's name asks for; null where its ending is none of ours. */
export function formatOfName(fileName: string): FileFormat | null {
  const extension = /\.([^.\\/]+)$/u.exec(fileName)?.[1]?.toLowerCase();
  return fileFormats.find(format => fileKinds[format].extension === extension) ?? null;
}
