import { describe, expect, test } from "vitest";
import { getChatAddress, readModelSettings } from "./settings.ts";

const addressOf = (LLM_URL: string, LLM_MODEL = "m") => {
  const settings = readModelSettings({ LLM_URL, LLM_MODEL });
  if (!settings) throw new Error("no model");
  return getChatAddress(settings).href;
};

describe("the model of a deployment", () => {
  test("is none where no address is set", () => {
    expect(readModelSettings({})).toBeUndefined();
    expect(readModelSettings({ LLM_URL: " ", LLM_MODEL: "m", LLM_KEY: "k" })).toBeUndefined();
  });

  test("is asked below its address, whether that ends with a slash or is the whole path", () => {
    const chat = "https://api.example.com/v1/chat/completions";
    for (const url of ["https://api.example.com/v1", "https://api.example.com/v1/", chat]) {
      expect(addressOf(url)).toBe(chat);
    }
    expect(addressOf("https://x.example/v1?api-version=2")).toBe(
      "https://x.example/v1/chat/completions?api-version=2",
    );
  });

  test("may be reached without encryption on one's own machine or network alone", () => {
    for (const host of [
      "localhost:11434",
      "127.0.0.1:11434",
      "127.1",
      "[::1]:8080",
      "10.0.0.7",
      "172.20.1.1",
      "192.168.1.9",
      "[fd12::1]",
    ]) {
      expect(addressOf(`http://${host}/v1`), host).toContain("/v1/chat/completions");
    }
    for (const host of [
      "api.example.com",
      "172.15.0.1",
      "8.8.8.8",
      "localhost.example.com",
      "10.0.0.7.example.com",
      "127.0.0.1.example.com",
      "[2001:db8::1]",
    ]) {
      expect(() => addressOf(`http://${host}/v1`), host).toThrow("has to begin with https://");
    }
  });

  test("says what is wrong with its settings without repeating them, and that no other attempt helps", () => {
    for (const [url, model] of [
      ["no address", "m"],
      ["ftp://files.example/secret", "m"],
      ["https://me:secret@x.example", "m"],
      ["https://x.example/secret", ""],
    ] as const) {
      expect(() => addressOf(url, model)).toThrow(
        expect.objectContaining({
          kind: "unavailable",
          isFinal: true,
          message: expect.not.stringContaining("secret"),
        }),
      );
    }
  });

  test("has the usual patience when a time is mistyped", () => {
    const read = (LLM_FIRST_MS: string) =>
      readModelSettings({ LLM_URL: "https://x.example", LLM_FIRST_MS })?.patience.first;
    for (const text of ["", "soon", "-1", "0", "1e12", "2.5"]) expect(read(text), text).toBe(120_000);
    expect(read("250")).toBe(250);
  });
});
