-- Two roles for a PostgreSQL of your own: manad_owner changes the schema, manad_app runs the months.
-- Run it in the new database before the first month, as whoever made the database and may make roles
-- (docs/database.md). Running it again is harmless. Passwords are set apart, they never stand in a file.

do $$
begin
    if not exists (select from pg_roles where rolname = 'manad_owner') then
        create role manad_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'manad_app') then
        create role manad_app login;
    end if;
    if not pg_has_role(current_user, 'manad_owner', 'usage') then
        execute format('grant manad_owner to %I', current_user);  -- the default privileges below ask for it
    end if;
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to manad_owner, manad_app', current_database());
end
$$;

revoke create on schema public from public;
grant usage, create on schema public to manad_owner;
grant usage on schema public to manad_app;

-- What is there already. Of sequences only a dump needs to know.
grant select, insert, update, delete on all tables in schema public to manad_app;
grant select on all sequences in schema public to manad_app;

-- What the owner's migrations will make.
alter default privileges for role manad_owner in schema public
grant select, insert, update, delete on tables to manad_app;
alter default privileges for role manad_owner in schema public
grant select on sequences to manad_app;
