import worker from "worker";

/** What Cloudflare would bill of D1 and R2, since the start of this isolate. */
const counts = { queries: 0, rowsRead: 0, rowsWritten: 0, r2Writes: 0, r2Reads: 0 };

interface Result {
  readonly results: readonly Record<string, unknown>[];
  readonly meta: { readonly rows_read: number; readonly rows_written: number };
}

interface Statement {
  bind(...values: unknown[]): Statement;
  all(): Promise<Result>;
  run(): Promise<Result>;
  first(column?: string): Promise<unknown>;
}

interface Database {
  prepare(sql: string): Statement;
  batch(statements: readonly Statement[]): Promise<Result[]>;
}

/** R2's operations of class A and class B; deleting and giving up cost nothing. */
const WRITES = new Set(["put", "createMultipartUpload", "list"]);
const READS = new Set(["get", "head"]);
const PART_WRITES = new Set(["uploadPart", "complete"]);

function note<T extends Result>(result: T): T {
  counts.queries++;
  counts.rowsRead += result.meta.rows_read;
  counts.rowsWritten += result.meta.rows_written;
  return result;
}

/** Statements as the database made them, since a batch takes no others. */
const originals = new WeakMap<Statement, Statement>();

function countStatement(statement: Statement): Statement {
  const counted: Statement = {
    bind: (...values) => countStatement(statement.bind(...values)),
    all: async () => note(await statement.all()),
    run: async () => note(await statement.run()),
    // Only the whole answer says what it cost.
    first: async (column) => {
      const [row] = note(await statement.all()).results;
      if (row === undefined) return null;
      return column === undefined ? row : row[column];
    },
  };
  originals.set(counted, statement);
  return counted;
}

const countDatabase = (db: Database): Database => ({
  prepare: (sql) => countStatement(db.prepare(sql)),
  batch: async (statements) => {
    const results = await db.batch(statements.map((statement) => originals.get(statement) ?? statement));
    return results.map(note);
  },
});

/** Counts calls of methods by their names; an upload in parts has methods of its own. */
function countBucket<T extends object>(bucket: T, writes = WRITES): T {
  return new Proxy(bucket, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (writes.has(String(name))) counts.r2Writes++;
        if (READS.has(String(name))) counts.r2Reads++;
        const result: unknown = Reflect.apply(value, target, args);
        if (name === "resumeMultipartUpload") return countBucket(Object(result), PART_WRITES);
        if (name === "createMultipartUpload") {
          return Promise.resolve(result).then((upload) => countBucket(Object(upload), PART_WRITES));
        }
        return result;
      };
    },
  });
}

interface Env {
  readonly HOST_DB: Database;
  readonly DECKS: object;
}

/** One for each environment, which is one object for all requests of an isolate. */
const environments = new WeakMap<Env, Env>();

function countEnvironment(env: Env): Env {
  const known = environments.get(env);
  if (known) return known;
  const counted = { ...env, HOST_DB: countDatabase(env.HOST_DB), DECKS: countBucket(env.DECKS) };
  environments.set(env, counted);
  return counted;
}

/** host-store as it is deployed, and what it asks of D1 and R2 counted. */
export default {
  fetch: (request: Request, env: Env, context: unknown): Response | Promise<Response> =>
    worker.fetch(request, countEnvironment(env), context),
};

/** What was counted, at a socket of its own. */
export const Counts = { fetch: (): Response => Response.json(counts) };
