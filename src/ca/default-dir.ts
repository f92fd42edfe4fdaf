/** Where the CA lives unless the user says otherwise: certs/ of a checkout, else the user's data directory. */
import { existsSync } from "node:fs";
import { join, posix, win32 } from "node:path";
import { fileURLToPath } from "node:url";

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform` gives it. */
  readonly platform: string;
  /** The user's home directory. */
  readonly home: string;
  /** The folder of imapscope's own package.json; by default the one that this file belongs to. */
  readonly packageRoot?: string;
}

/** The default directory of the CA; it need not exist yet. */
export function defaultCaDir(surroundings: Surroundings): string {
  const root = surroundings.packageRoot ?? fileURLToPath(new URL("../..", import.meta.url));
  return isCheckout(root) ? join(root, "certs") : userDataDir(surroundings);
}

/** An installed package has neither the sources nor a repository. */
function isCheckout(root: string): boolean {
  return existsSync(join(root, ".git")) && existsSync(join(root, "src"));
}

function userDataDir({ env, platform, home }: Surroundings): string {
  switch (platform) {
    case "darwin":
      return posix.join(home, "Library", "Application Support", "imapscope");
    case "win32":
      return win32.join(env["APPDATA"] || win32.join(home, "AppData", "Roaming"), "imapscope");
    default: {
      // The XDG base directory specification wants relative paths ignored.
      const xdg = env["XDG_DATA_HOME"] ?? "";
      return posix.join(posix.isAbsolute(xdg) ? xdg : posix.join(home, ".local", "share"), "imapscope");
    }
  }
}
