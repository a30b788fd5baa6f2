import type { Migration } from '../migrate.ts';

/**
 * More kinds of files, and who wrote a document and when, as it says. A column with its check can be dropped, so the list of kinds is
 * made anew without the table: other tables point at its rows. Lists are written out, as in the migration that made the table.
 */
export const migration: Migration = {
  version: 185,
  name: 'document_formats',
  up(db) {
    db.exec(`
      ALTER TABLE document ADD COLUMN kind_of_file TEXT CHECK (kind_of_file IN (
        'pdf','docx','odt','rtf','epub','fb2','pptx','xlsx','table','subtitles','html','mhtml','markdown','image','text'));
      UPDATE document SET kind_of_file = format WHERE format IS NOT NULL;
      ALTER TABLE document DROP COLUMN format;
      ALTER TABLE document RENAME COLUMN kind_of_file TO format;
      ALTER TABLE document ADD COLUMN author TEXT CHECK (length(author) BETWEEN 1 AND 300);
      /* A year, a month or a day. */
      ALTER TABLE document ADD COLUMN dated TEXT CHECK (length(dated) IN (4, 7, 10));
    `);
  },
};
