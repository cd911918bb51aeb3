import { sha256 } from '../store/trace.ts';

/** The number on the letter of a household that a notice does not name: its line and four digits of its salt, so that nobody meets another's by counting on. */
export const letterNumber = ({ seq, salt }: { readonly seq: number; readonly salt: string }): number =>
  seq * 10_000 + Number.parseInt(sha256(`letter ${salt}`).slice(0, 8), 16) % 10_000;
