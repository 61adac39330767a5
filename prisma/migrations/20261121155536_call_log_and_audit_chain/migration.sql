-- CreateTable
CREATE TABLE "LoggedCall" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "pbx" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "answeredAt" DATETIME,
    "endedAt" DATETIME NOT NULL,
    "fromNumber" TEXT NOT NULL,
    "fromName" TEXT NOT NULL,
    "toNumber" TEXT NOT NULL,
    "toName" TEXT NOT NULL,
    "queue" TEXT,
    "did" TEXT,
    "outcome" TEXT NOT NULL,
    "extensions" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "CallParty" (
    "callRow" INTEGER NOT NULL,
    "pbx" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    PRIMARY KEY ("callRow", "kind", "key"),
    CONSTRAINT "CallParty_callRow_fkey" FOREIGN KEY ("callRow") REFERENCES "LoggedCall" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "CallNote" (
    "pbx" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "text" TEXT NOT NULL,

    PRIMARY KEY ("pbx", "call", "by")
) WITHOUT ROWID;

-- AlterTable: lines that are there already stay outside the chain, which begins after them.
ALTER TABLE "AuditEntry" ADD COLUMN "session" TEXT NOT NULL DEFAULT '';
ALTER TABLE "AuditEntry" ADD COLUMN "prev" TEXT NOT NULL DEFAULT '';
ALTER TABLE "AuditEntry" ADD COLUMN "hash" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "LoggedCall_endedAt_idx" ON "LoggedCall"("endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "LoggedCall_pbx_call_startedAt_key" ON "LoggedCall"("pbx", "call", "startedAt");

-- CreateIndex
CREATE INDEX "CallParty_pbx_kind_key_callRow_idx" ON "CallParty"("pbx", "kind", "key", "callRow");

-- CreateIndex
CREATE INDEX "CallNote_at_idx" ON "CallNote"("at");
