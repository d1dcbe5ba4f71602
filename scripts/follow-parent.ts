/*
 * Loaded into wrangler by dev.ts: when the process that started it is gone, even by SIGKILL,
 * the channel to it closes and wrangler ends as well, and workerd with it.
 */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
