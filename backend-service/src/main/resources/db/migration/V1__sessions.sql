-- What H2 (MODE=PostgreSQL) and PostgreSQL both take.

create table users (
    id varchar(128) primary key,
    name varchar(200) not null
);

-- `plan` and `state` are JSON; what queries ask for stands in columns of its own.
create table sessions (
    id varchar(16) primary key,
    owner varchar(128) not null references users (id),
    name varchar(200) not null,
    plan text not null,
    token varchar(128) not null,
    desired varchar(16) not null,
    phase varchar(16) not null,
    state text not null,
    holds_quota boolean not null,
    cpu_millis integer not null,
    memory_bytes bigint not null,
    gpus integer not null,
    created_at timestamp with time zone not null,
    ends_at timestamp with time zone not null,
    last_used_at timestamp with time zone,
    since timestamp with time zone not null,
    revision bigint not null
);
create index sessions_by_owner on sessions (owner, created_at);
create index sessions_by_phase on sessions (phase, since);

create table session_mounts (
    session varchar(16) not null references sessions (id) on delete cascade,
    volume varchar(63) not null,
    primary key (session, volume)
);

-- Outlives the session, so that a late repeat of a launch does not launch again.
create table launches (
    owner varchar(128) not null references users (id),
    launch_key varchar(64) not null,
    request varchar(64) not null,
    session varchar(16) not null,
    created_at timestamp with time zone not null,
    primary key (owner, launch_key)
);

-- One row. Whoever adds an event takes its number here, in the transaction of the change itself: numbers follow the
-- order of commits, so that a reader who has seen one has seen all before it.
create table event_counter (
    epoch varchar(16) not null,
    last_number bigint not null
);

create table events (
    number bigint primary key,
    owner varchar(128),
    type varchar(32) not null,
    body text not null,
    created_at timestamp with time zone not null
);

create table marks (
    owner varchar(128) not null references users (id),
    datalab varchar(63) not null,
    starred boolean not null,
    bookmarked boolean not null,
    primary key (owner, datalab)
);

create table run_counts (
    datalab varchar(63) primary key,
    runs bigint not null
);

create table volumes (
    id varchar(63) primary key,
    owner varchar(128) not null references users (id),
    name varchar(60) not null,
    folder varchar(4096) not null,
    description varchar(500) not null,
    usual_path varchar(1000) not null,
    read_only boolean not null,
    created_at timestamp with time zone not null
);
