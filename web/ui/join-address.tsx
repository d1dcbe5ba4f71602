import { JOIN_CODE } from "../../shared/protocol/join-code.ts";

/** An address that people type: without the scheme, which every browser adds; its code stands out, and in one piece. */
export function JoinAddress({ url }: { url: string }) {
  const text = url.replace(/^https?:\/\//, "");
  const end = text.lastIndexOf("/") + 1;
  const code = text.slice(end);
  if (!JOIN_CODE.test(code)) return <>{text}</>;
  return (
    <>
      {text.slice(0, end)}
      <wbr />
      <b class="code">{code}</b>
    </>
  );
}
