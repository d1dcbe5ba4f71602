/* The counts that flows write to R2: one object for each step, under its session. */

const getPrefix = (session: string): string => `flows/${session}/`;

/** Done again it is the same object. */
export async function putSnapshot(
  bucket: R2Bucket,
  session: string,
  step: string,
  body: object,
): Promise<void> {
  await bucket.put(`${getPrefix(session)}${step}.json`, JSON.stringify(body), {
    httpMetadata: { contentType: "application/json" },
  });
}

/** Deletes all of a session's. */
export async function clearSnapshots(bucket: R2Bucket, session: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await bucket.list({ prefix: getPrefix(session) });
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key));
    if (!truncated) return;
  }
}
