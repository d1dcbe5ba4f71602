/** @jsxImportSource hono/jsx */
import type { SlideSection } from "../../../../shared/protocol/recap.ts";
import { namePlainPage } from "../named.ts";

interface Props {
  readonly page: string;
  readonly title: string | null;
  /** Undefined where nothing is told of it. */
  readonly slide: SlideSection | undefined;
}

/** A slide by its name, which leads to what is told of it. */
export function SlideLink({ page, title, slide }: Props) {
  const name = <bdi>{title ?? namePlainPage(page)}</bdi>;
  return slide ? <a href={`#${encodeURIComponent(slide.id)}`}>{name}</a> : name;
}
