/** Recap's router names the object that keeps a recap in this header of its page: who reads it again, asks that object. */
export const RECAP_WRITER_HEADER = "X-Recap-Writer";
