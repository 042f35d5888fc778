-- A year's file is a delivery for each of its months. They are one file: what a person is told of, and
-- decides about, is the last month's, and the others say whose they are. NULL: a file of its own.

alter table delivery
add column of_file bigint references delivery;

create index delivery_of_file on delivery (of_file) where of_file is not null;
