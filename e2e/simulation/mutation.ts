/** One way to break the product: in `file`, `find` (which has to be there exactly once) becomes `replace`. */
export interface Mutation {
  name: string;
  file: string;
  find: string;
  replace: string;
  /** What `replace` needs besides. */
  imports?: string;
}
