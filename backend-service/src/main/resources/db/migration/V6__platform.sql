-- Owns the sessions of warm pools until a launch takes them over.
insert into users (id, name) values ('datalabs:platform', 'The platform');
