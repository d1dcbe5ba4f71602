import * as z from "zod";

/* What SQLite does for a statement: a list that is one index away stays so, however many rows there are. */

const PlanRows = z.array(z.object({ detail: z.string() }));

/** A database that notes which statements are prepared, and how many rows D1 counts for what `all` and `run` read. */
export function recordStatements(db: D1Database) {
  const statements = new Set<string>();
  const read = { queries: 0, rows: 0 };
  const note = <T>({ meta, ...result }: D1Result<T>): D1Result<T> => {
    read.queries++;
    read.rows += meta.rows_read;
    return { meta, ...result };
  };
  const metered = (statement: D1PreparedStatement): D1PreparedStatement =>
    Object.assign(statement, {
      bind: (...values: unknown[]) => metered(bind.call(statement, ...values)),
      all: async () => note(await all.call(statement)),
      run: async () => note(await run.call(statement)),
    });
  const { bind, all, run } = Object.getPrototypeOf(db.prepare("SELECT 1")) as D1PreparedStatement;
  const recording = new Proxy(db, {
    get(target, name) {
      if (name === "prepare") {
        return (sql: string) => {
          statements.add(sql);
          return metered(target.prepare(sql));
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { db: recording, statements: statements as ReadonlySet<string>, read };
}

/** Where a statement walks through a whole table. What another part of it has made is none. */
export async function findScans(db: D1Database, sql: string): Promise<string[]> {
  const details = await explain(db, sql);
  return details.filter((detail) => /^SCAN (?!CONSTANT ROW|\(subquery)/.test(detail));
}

/** Where a statement sorts rows itself, which an index could have given in their order. */
export async function findSorts(db: D1Database, sql: string): Promise<string[]> {
  const details = await explain(db, sql);
  return details.filter((detail) => detail.includes("TEMP B-TREE"));
}

async function explain(db: D1Database, sql: string): Promise<string[]> {
  const numbers = [...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number));
  const values = Array.from({ length: Math.max(0, ...numbers) }, () => 1);
  const { results } = await db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all();
  return PlanRows.parse(results).map(({ detail }) => detail);
}
