import type { Migration } from '../migrate.ts';

/** MCP servers that the person has added. SECURITY: values of their variables and headers are in secret storage, never here. */
export const migration: Migration = {
  version: 160,
  name: 'mcp_servers',
  up(db) {
    db.exec(`
      CREATE TABLE mcp_server (
        id            TEXT    NOT NULL PRIMARY KEY,
        name          TEXT    NOT NULL UNIQUE CHECK (name <> ''),
        -- A command or an address, with the names of its variables or headers.
        transport     TEXT    NOT NULL CHECK (json_valid(transport)),
        agents        TEXT    NOT NULL CHECK (json_valid(agents)),
        -- As the server listed them when it was last tested.
        tools         TEXT    NOT NULL CHECK (json_valid(tools)),
        -- Names of those that the person has marked as changing nothing.
        harmless      TEXT    NOT NULL CHECK (json_valid(harmless)),
        tested_at_ms  INTEGER,
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
