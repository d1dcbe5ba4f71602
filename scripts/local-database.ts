import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { HostDatabase } from "./host-database.ts";

/** Where miniflare keeps D1, in the folder of `npm start`: a file for each database, named by a hash. */
const FOLDER = "v3/d1/miniflare-D1DatabaseObject";

/** As wrangler makes it. */
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** A step in which tables are made or changed. */
export interface Migration {
  /** Of its file. */
  readonly name: string;
  readonly statements: string;
}

/**
 * host-store's database of `npm start`, as the file that it is: for what is to be looked up before every start, in
 * milliseconds where wrangler takes seconds. Nothing else may rely on where it is.
 */
export class LocalDatabase implements HostDatabase {
  readonly #database: DatabaseSync;

  private constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: 5000 });
  }

  /** `undefined` where there is none whose tables are made by these migrations and no others. */
  static open(folder: string, migrations: readonly string[]): LocalDatabase | undefined {
    for (const file of listFiles(folder)) {
      const database = new LocalDatabase(file);
      if (database.#hasTables(migrations)) return database;
      database.close();
    }
    return undefined;
  }

  /**
   * Applies those of the migrations that have not been applied yet, in their order, each whole or not at all; wrangler
   * knows of them afterwards, as of its own.
   * @returns whether there is a database, whose file its runtime makes
   */
  static migrate(folder: string, migrations: readonly Migration[]): boolean {
    const [file] = listFiles(folder);
    if (file === undefined) return false;
    const database = new LocalDatabase(file);
    try {
      database.#database.exec(MIGRATIONS_TABLE);
      const applied = database.#listMigrations();
      for (const { name, statements } of migrations) {
        if (!applied.includes(name)) database.#apply(name, statements);
      }
      return true;
    } finally {
      database.close();
    }
  }

  #apply(name: string, statements: string): void {
    this.#transact(() => {
      this.#database.exec(statements);
      this.#database.prepare("INSERT INTO d1_migrations (name) VALUES (?1)").run(name);
    });
  }

  /** All of it, or nothing. */
  #transact<Result>(work: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** The migrations that have been applied to any database there. */
  static listMigrations(folder: string): string[] {
    return listFiles(folder).flatMap((file) => {
      const database = new LocalDatabase(file);
      try {
        return database.#listMigrations();
      } finally {
        database.close();
      }
    });
  }

  #hasTables(migrations: readonly string[]): boolean {
    return this.#listMigrations().join() === migrations.join();
  }

  #listMigrations(): string[] {
    try {
      const applied = this.#database.prepare("SELECT name FROM d1_migrations ORDER BY name").all();
      return applied.map(({ name }) => String(name));
    } catch {
      // Another database, or none yet.
      return [];
    }
  }

  async run(...statements: readonly string[]): Promise<unknown[][]> {
    return this.#transact(() => statements.map((statement) => this.#database.prepare(statement).all()));
  }

  close(): void {
    this.#database.close();
  }
}

function listFiles(folder: string): string[] {
  const place = join(folder, FOLDER);
  const files = existsSync(place) ? readdirSync(place) : [];
  return files
    .filter((file) => file.endsWith(".sqlite") && file !== "metadata.sqlite")
    .map((file) => join(place, file));
}
