/** What an operating system's error on a file means, in words for a sentence. */

const WORDS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "the operation is not permitted"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "a part of the path is not a folder"],
  ["EISDIR", "it is a folder"],
  ["EEXIST", "it exists already"],
  ["ENOSPC", "no space is left on the device"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "the file would be larger than is allowed"],
  ["EROFS", "the file system is read-only"],
  ["EIO", "the device failed"],
  ["EMFILE", "too many files are open"],
  ["ENFILE", "too many files are open in the system"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ELOOP", "it is a loop of symbolic links"],
]);

/** The code of an operating system's error (`ENOSPC`), or `undefined` for anything else that was thrown. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Words for an error, with its code where it has one: `no space is left on the device (ENOSPC)`. */
export function systemReason(error: unknown): string {
  const code = systemCode(error);
  const words = code === undefined ? undefined : WORDS.get(code);
  if (words !== undefined) return `${words} (${code})`;
  return error instanceof Error ? error.message : String(error);
}
