/** `DELETE …/{sessionUid}`: what is left to do; without anything left the answer is 204. */
export interface DeletionAnswer {
  readonly left: readonly ("hosts" | "users")[];
}
