/** `PUT …/user/{uid}/name`: what somebody wants to be called in a ranking. */
export interface NewName {
  readonly name: string;
}
