-- The replicas of the service that serve this database, as the database's own clock saw them last.
create table replicas (
    id varchar(64) primary key,
    started_at timestamp with time zone not null,
    seen_at timestamp with time zone not null
);

-- Two replicas that start on an empty database at once still agree on one counter.
alter table event_counter add column id integer default 1 not null;
alter table event_counter add primary key (id);
