-- CreateTable
CREATE TABLE "Availability" (
    "pbx" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("pbx", "number")
);

-- CreateTable
CREATE TABLE "FeatureChange" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "pbx" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "number" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "by" TEXT,
    "note" TEXT,
    "until" DATETIME
);

-- CreateTable
CREATE TABLE "PausedMembership" (
    "pbx" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "interface" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    PRIMARY KEY ("pbx", "queue", "interface")
);

-- CreateIndex
CREATE INDEX "FeatureChange_pbx_number_id_idx" ON "FeatureChange"("pbx", "number", "id");

-- CreateIndex
CREATE INDEX "FeatureChange_at_idx" ON "FeatureChange"("at");
