-- Generated from src/ledger/migrations by schema-snapshot.ts; do not edit.

CREATE TABLE "accepted_keys" (
  "list_id" integer not null,
  "key" text not null,
  "row_hash" text not null,
  "is_inactive" integer not null,
  "earlier" text,
  "part" integer not null,
  constraint "accepted_keys_key" primary key ("list_id", "key")
) without rowid;

CREATE TABLE "accepted_lists" (
  "id" integer not null primary key,
  "target" text not null,
  "object" text not null,
  "columns" text not null,
  constraint "accepted_lists_name" unique ("target", "object", "columns")
);

CREATE TABLE "accepted_parts" (
  "ordinal" integer not null primary key,
  "part_id" text not null unique,
  "flow" text not null,
  "object" text not null,
  "sha256" text not null,
  "taken_at" text not null,
  "state" text not null,
  "target" text,
  "rows" bigint
);

CREATE INDEX "accepted_parts_waiting" on "accepted_parts" ("flow", "ordinal") where "state" = 'waiting';

CREATE TABLE "accepted_rates" (
  "target" text not null,
  "from_currency" text not null,
  "to_currency" text not null,
  "rate_date" text not null,
  "rate" text not null,
  "part" integer not null,
  constraint "accepted_rates_key" primary key ("target", "from_currency", "to_currency", "rate_date")
) without rowid;

CREATE TABLE "alarms" (
  "id" text not null primary key,
  "ordinal" bigint not null unique,
  "kind" text not null,
  "about" text not null,
  "subject" text not null,
  "flow" text,
  "severity" text not null,
  "what" text not null,
  "reasons" text not null,
  "next" text not null,
  "first_seen_at" text not null,
  "last_seen_at" text not null,
  "count" integer not null,
  "raised_at" text,
  "acknowledged_at" text,
  "acknowledged_by" text,
  "remark" text,
  "ended_at" text,
  "ending" text
);

CREATE INDEX "alarms_by_ended_at" on "alarms" ("ended_at");

CREATE UNIQUE INDEX "alarms_one_at_a_time" on "alarms" ("kind", "subject") where "ended_at" is null;

CREATE TABLE "events" (
  "ordinal" bigint not null primary key,
  "file_id" text not null references "files" ("id"),
  "part_id" text references "parts" ("id"),
  "at" text not null,
  "step" text not null,
  "facts" text not null
);

CREATE INDEX "events_by_file_id_ordinal" on "events" ("file_id", "ordinal");

CREATE TABLE "expectations" (
  "flow" text not null primary key,
  "terms" text not null,
  "since" text not null
);

CREATE TABLE "files" (
  "id" text not null primary key,
  "ordinal" bigint not null unique,
  "flow" text not null,
  "object" text not null,
  "direction" text not null,
  "name" text not null,
  "origin" text not null,
  "sha256" text not null,
  "size_bytes" bigint not null,
  "state" text not null,
  "reason" text,
  "rows" bigint,
  "findings" text,
  "parent_id" text references "files" ("id"),
  "accepted_at" text not null,
  "updated_at" text not null,
  "target" text,
  "earlier_id" text references "files" ("id")
);

CREATE INDEX "files_by_earlier_id" on "files" ("earlier_id");

CREATE INDEX "files_by_flow_state_ordinal" on "files" ("flow", "state", "ordinal");

CREATE INDEX "files_by_name" on "files" ("name");

CREATE INDEX "files_by_parent_id" on "files" ("parent_id");

CREATE INDEX "files_by_sha256" on "files" ("sha256");

CREATE INDEX "files_by_state_ordinal" on "files" ("state", "ordinal");

CREATE TABLE "leases" (
  "name" text not null primary key,
  "owner" text not null,
  "expires_at" text not null,
  "watched_since" text
);

CREATE TABLE "login_refusals" (
  "server" text not null primary key,
  "salt" text not null,
  "fingerprint" text not null,
  "refused_at" text not null
);

CREATE TABLE "parts" (
  "id" text not null primary key,
  "file_id" text not null references "files" ("id"),
  "number" integer not null,
  "name" text not null,
  "remote_path" text not null,
  "sha256" text not null,
  "size_bytes" bigint not null,
  "rows" bigint not null,
  "first_row" bigint not null,
  "last_row" bigint not null,
  "state" text not null,
  "evidence" text,
  "attempts" integer not null,
  "placed_at" text,
  "taken_at" text,
  constraint "parts_number" unique ("file_id", "number")
);

CREATE INDEX "parts_by_name" on "parts" ("name");

CREATE INDEX "parts_by_state" on "parts" ("state");

CREATE TABLE "runs" (
  "id" text not null primary key,
  "ordinal" bigint not null unique,
  "flow" text not null,
  "due_at" text not null,
  "trigger" text not null,
  "started_at" text not null,
  "ended_at" text,
  "outcome" text,
  "reason" text,
  "files" integer not null
);

CREATE INDEX "runs_by_ended_at" on "runs" ("ended_at");

CREATE INDEX "runs_by_flow_ordinal" on "runs" ("flow", "ordinal");

CREATE TABLE "sequences" (
  "name" text not null primary key,
  "value" bigint not null
);

CREATE TABLE "servers" (
  "name" text not null primary key,
  "label" text not null,
  "fingerprint" text not null,
  "seen_at" text not null
);

CREATE TABLE "sightings" (
  "server" text not null,
  "path" text not null,
  "size_bytes" bigint not null,
  "modified_at" text not null,
  "file_id" text not null references "files" ("id"),
  "gone_since" text,
  "gone_seen_at" text,
  constraint "sightings_identity" primary key ("server", "path", "size_bytes", "modified_at")
);

CREATE INDEX "sightings_by_file" on "sightings" ("file_id");
