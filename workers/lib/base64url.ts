import { encodeBase64Url } from "hono/utils/encode";

/** Bytes in base64url, without the padding that Hono's own writes. */
export const toBase64Url = (bytes: ArrayBufferLike): string => encodeBase64Url(bytes).replace(/=+$/, "");
