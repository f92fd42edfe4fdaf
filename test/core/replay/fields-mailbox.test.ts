import { test } from "node:test";
import { assertRows } from "../../requests.ts";

test("commands on mailboxes mean a name, however it is written", () => {
  assertRows([
    ["SELECT INBOX", 'select "inbox"', "EXAMINE INBOX"],
    ["SELECT Entw&APw-rfe", "SELECT Entw\xc3\xbcrfe", "SELECT Entwurfe"],
    [
      "SELECT a (CONDSTORE QRESYNC (1 2 3:1))",
      "SELECT {1}\r\na (qresync (1 2 1:3) condstore)",
      "SELECT a (CONDSTORE QRESYNC (1 3 3:1))",
    ],
    ["CREATE a (USE (\\Sent))", "create a (use (\\sent))", "CREATE a"],
    ["RENAME a b", 'RENAME "a" "b"', "RENAME b a"],
    ["SUBSCRIBE a", "subscribe a", "UNSUBSCRIBE a"],
    ["DELETE a", 'DELETE "a"', "DELETE A"],
  ]);
});

test("LIST means its options, where it looks and for what", () => {
  assertRows([
    ['LIST "" *', 'list {0}\r\n "*"', 'LIST "" %'],
    ['LIST (SUBSCRIBED REMOTE) "" *', 'LIST (remote subscribed) "" *', 'LIST (SUBSCRIBED) "" *'],
    ['LIST "" (a b)', 'LIST "" (b a)', 'LIST "" (a)'],
    ['LIST "" (a)', 'LIST "" a', 'LIST "" A'],
    [
      'LIST "" * RETURN (CHILDREN STATUS (UNSEEN MESSAGES))',
      'LIST "" * RETURN (STATUS (MESSAGES UNSEEN) CHILDREN)',
      'LIST "" * RETURN (CHILDREN STATUS (UNSEEN))',
    ],
    ['LSUB "" *', 'lsub "" *', 'LIST "" *'],
  ]);
});

test("STATUS means its items in any order", () => {
  assertRows([["STATUS inbox (UNSEEN MESSAGES)", "status INBOX (messages unseen)", "STATUS inbox (UNSEEN)"]]);
});

test("access, quota and metadata commands mean what they set or ask for", () => {
  assertRows([
    ["SETACL a joe +lrs", 'SETACL "a" {3}\r\njoe +srl', "SETACL a joe -lrs"],
    ["DELETEACL a joe", 'DELETEACL a "joe"', "DELETEACL a Joe"],
    [
      'SETQUOTA "" (STORAGE 5 MESSAGE 6)',
      "SETQUOTA {0}\r\n (message 6 storage 5)",
      'SETQUOTA "" (STORAGE 6 MESSAGE 5)',
    ],
    ["GETQUOTAROOT a", 'getquotaroot "a"', "GETQUOTAROOT b"],
    ["GETMETADATA a (/x /y)", "GETMETADATA a (/Y /X)", "GETMETADATA a (/x)"],
    ["GETMETADATA (DEPTH 1) a /x", 'GETMETADATA a (depth 1) "/x"', "GETMETADATA a /x"],
    [
      'SETMETADATA a (/x "1" /y NIL)',
      "SETMETADATA a (/Y NIL /X {1}\r\n1)",
      'SETMETADATA a (/x "1" /y "NIL")',
    ],
  ]);
});

test("ID and ENABLE mean what they hold in any order", () => {
  assertRows([
    ['ID ("name" "x" "os" NIL)', 'id ("OS" NIL {4}\r\nNAME "x")', 'ID ("name" "X" "os" NIL)'],
    ["ID NIL", "id nil", 'ID ("a" "b")'],
    ["ENABLE CONDSTORE QRESYNC", "enable qresync condstore", "ENABLE CONDSTORE"],
    ["COMPRESS DEFLATE", "compress deflate", "COMPRESS GZIP"],
  ]);
});

test("LOGIN means who, AUTHENTICATE how, and neither by which secret", () => {
  assertRows([
    ["LOGIN joe one", 'login "joe" {3+}\r\ntwo', "LOGIN jim one"],
    ["AUTHENTICATE PLAIN AGEAYg==", "authenticate plain", "AUTHENTICATE LOGIN"],
  ]);
});
