CREATE TABLE "calendar_feeds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"volunteer_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_read_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "calendar_slots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"fields" jsonb NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date,
	"draft_id" uuid,
	"uid" text,
	"uid_day" text DEFAULT '' NOT NULL,
	"search_text" text NOT NULL,
	"archived_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('french', "calendar_slots"."search_text")
        || to_tsvector('simple', "calendar_slots"."search_text")) STORED
);
--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "stage" text DEFAULT 'drafting' NOT NULL;--> statement-breakpoint
ALTER TABLE "newsroom" ADD COLUMN "calendar" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_volunteer_id_volunteers_id_fk" FOREIGN KEY ("volunteer_id") REFERENCES "public"."volunteers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_token" ON "calendar_feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "calendar_feeds_volunteer" ON "calendar_feeds" USING btree ("volunteer_id");--> statement-breakpoint
CREATE INDEX "calendar_slots_days" ON "calendar_slots" USING btree ("first_day","last_day");--> statement-breakpoint
CREATE INDEX "calendar_slots_draft" ON "calendar_slots" USING btree ("draft_id");--> statement-breakpoint
CREATE INDEX "calendar_slots_uid" ON "calendar_slots" USING btree ("uid","uid_day");--> statement-breakpoint
CREATE INDEX "calendar_slots_search" ON "calendar_slots" USING gin ("search");