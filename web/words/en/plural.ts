/** A number and what it counts, such as "1 person" and "1,200 people". */
export const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
