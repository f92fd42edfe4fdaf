/** imapfilter: lists, searches, fetches, marks, copies and deletes, as a Lua script tells it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../process.ts";
import { type Client, mustEnd, steadyLines, type Target } from "./client.ts";

export const imapfilter: Client = {
  name: "imapfilter",
  run: async (target) => {
    await writeFile(join(target.home, "config.lua"), script(target));
    const trust = target.transport === "plain" ? [] : ["-t", target.caFile];
    const ended = await run("imapfilter", ["-c", join(target.home, "config.lua"), ...trust], {
      env: { HOME: target.home, IMAPFILTER_HOME: target.home },
    });
    return { printed: steadyLines(mustEnd("imapfilter", ended).stdout, target) };
  },
};

const script = (target: Target): string => `
options.certificates = false
options.starttls = ${target.transport === "startTls"}
options.timeout = 60
options.subscribe = true
options.create = true
options.close = true
account = IMAP {
  server = "${target.host}", port = ${target.port},
  username = "${target.user}", password = "${target.password}",
  ${target.transport === "tls" ? 'ssl = "auto",' : ""}
}
function show(name, results)
  local ids = {}
  for _, message in ipairs(results) do table.insert(ids, message[2]) end
  table.sort(ids)
  print(name .. ": " .. table.concat(ids, " "))
end
local boxes, folders = account:list_all("", "*")
table.sort(boxes)
for _, box in ipairs(boxes) do print("mailbox " .. box) end
local prefix = "${target.kind.prefix}"
local archive = account[prefix .. "Archive"]
print("status", archive:check_status())
show("flagged", account.INBOX:is_flagged())
show("large", account.INBOX:is_larger(100000))
show("subject", account.INBOX:contain_subject("Message number 2"))
show("body", archive:contain_body("Message 1100"))
show("either", account.INBOX:is_seen() + account.INBOX:is_answered() - account.INBOX:contain_from("sender2"))
for uid = 1, 8 do
  print("header " .. uid .. " " .. account.INBOX[uid]:fetch_header())
  print("size " .. uid .. " " .. account.INBOX[uid]:fetch_size())
  print("body " .. uid .. " " .. (account.INBOX[uid]:fetch_body() or ""))
end
local some = archive:contain_from("sender4")
some:mark_flagged()
some:add_flags({ "Seen-by-filter" })
some:copy_messages(account[prefix .. "Copied"])
account.INBOX:contain_from("sender1"):delete_messages()
show("after", account.INBOX:select_all())
`;
