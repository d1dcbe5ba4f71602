import * as z from "zod";

/* What SQLite does for a statement: a list that is one index away stays so, however many rows there are. */

const PlanRows = z.array(z.object({ detail: z.string() }));

/** A database that notes which statements are prepared. */
export function recordStatements(db: D1Database): { db: D1Database; statements: ReadonlySet<string> } {
  const statements = new Set<string>();
  const recording = new Proxy(db, {
    get(target, name) {
      if (name === "prepare") {
        return (sql: string) => {
          statements.add(sql);
          return target.prepare(sql);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { db: recording, statements };
}

/** Where a statement walks through a whole table. What another part of it has made is none. */
export async function findScans(db: D1Database, sql: string): Promise<string[]> {
  const numbers = [...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number));
  const values = Array.from({ length: Math.max(0, ...numbers) }, () => 1);
  const { results } = await db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all();
  return PlanRows.parse(results)
    .map(({ detail }) => detail)
    .filter((detail) => /^SCAN (?!CONSTANT ROW|\(subquery)/.test(detail));
}
