import { LIMITS } from "../../shared/protocol/limits.ts";

interface Watch {
  readonly beforeRead: () => Promise<void>;
  /** Whatever the reason, once. */
  readonly onEnd: () => void;
}

/** The same stream, but one that ends with an error when nobody has read of it for `LIMITS.stalledMs`. */
export function cutWhenStalled(
  body: ReadableStream<Uint8Array>,
  { beforeRead, onEnd }: Watch,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    onEnd();
  };
  const watch = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    timer = setTimeout(() => {
      end();
      controller.error(new Error("nobody reads on"));
      reader.cancel().catch(() => {});
    }, LIMITS.stalledMs);
  };
  return new ReadableStream<Uint8Array>(
    {
      start: watch,
      async pull(controller) {
        clearTimeout(timer);
        try {
          await beforeRead();
          const { value, done } = await reader.read();
          if (!done) {
            controller.enqueue(value);
            watch(controller);
            return;
          }
          end();
          controller.close();
        } catch (error) {
          end();
          reader.cancel().catch(() => {});
          throw error;
        }
      },
      async cancel(reason) {
        end();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
