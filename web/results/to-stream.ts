/** `ReadableStream.from`, which not every browser has. */
export const toStream = <Chunk>(chunks: AsyncGenerator<Chunk>): ReadableStream<Chunk> =>
  new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await chunks.return(undefined)),
  });
