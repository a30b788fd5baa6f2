import { recipe as recipeSchema, type Recipe } from '../../shared/domain/browser.ts';
import { inWriteTransaction, type Database } from './connection.ts';

export interface SavedRecipe {
  readonly id: string;
  readonly recipe: Recipe;
  readonly savedAtMs: number;
}

/** Recipes of browser tasks that the person keeps. */
export interface BrowserRecipes {
  /** The newest first. */
  list(): SavedRecipe[];
  find(id: string): SavedRecipe | null;
  /** Takes the place of the one with its id. */
  put(saved: SavedRecipe): void;
  /** False when it is not there. */
  remove(id: string): boolean;
}

interface Row {
  readonly id: string;
  readonly recipe: string;
  readonly savedAtMs: number;
}

const columns = 'id, recipe, saved_at_ms AS savedAtMs';

export function createBrowserRecipes(db: Database): BrowserRecipes {
  const sql = {
    list: db.prepare<[], Row>(`SELECT ${columns} FROM browser_recipe ORDER BY saved_at_ms DESC, id`),
    find: db.prepare<[string], Row>(`SELECT ${columns} FROM browser_recipe WHERE id = ?`),
    put: db.prepare<Row>(`
      INSERT INTO browser_recipe (id, recipe, saved_at_ms) VALUES (@id, @recipe, @savedAtMs)
      ON CONFLICT (id) DO UPDATE SET recipe = excluded.recipe, saved_at_ms = excluded.saved_at_ms`),
    remove: db.prepare<[string]>('DELETE FROM browser_recipe WHERE id = ?'),
  };
  const read = ({ recipe, ...row }: Row): SavedRecipe => ({ ...row, recipe: recipeSchema.parse(JSON.parse(recipe)) });

  return {
    list: () => sql.list.all().map(read),
    find(id) {
      const row = sql.find.get(id);
      return row === undefined ? null : read(row);
    },
    put({ recipe, ...saved }) {
      inWriteTransaction(db, () => {
        sql.put.run({ ...saved, recipe: JSON.stringify(recipe) });
      });
    },
    remove: id => inWriteTransaction(db, () => sql.remove.run(id).changes === 1),
  };
}
