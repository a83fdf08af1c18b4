-- Tickets and admissions of viewers, who look at a desktop and do not act in it.
ALTER TABLE tickets ADD COLUMN view_only BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE admissions ADD COLUMN view_only BOOLEAN DEFAULT FALSE NOT NULL;
