/** What is asked of a D1 database. */
interface Database {
  prepare(sql: string): { bind(...values: (string | number | null)[]): { all(): Promise<object> } };
}

interface Query {
  readonly sql: string;
  readonly values: (string | number | null)[];
}

/** Asks host-store's database, which no route leads to: makes its tables, and fills them. */
export default {
  async fetch(request: Request, { HOST_DB }: { HOST_DB: Database }): Promise<Response> {
    const { sql, values }: Query = await request.json();
    return Response.json(
      await HOST_DB.prepare(sql)
        .bind(...values)
        .all(),
    );
  },
};
