ALTER TABLE "document_updates" DROP CONSTRAINT "document_updates_document_documents_name_fk";
--> statement-breakpoint
ALTER TABLE "document_updates" DROP CONSTRAINT "document_updates_volunteer_id_volunteers_id_fk";
--> statement-breakpoint
CREATE FUNCTION "document_updates_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "public"."document_updates" WHERE "document" = OLD."name";
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "document_updates_follow" AFTER DELETE ON "documents"
  FOR EACH ROW EXECUTE FUNCTION "document_updates_follow"();
