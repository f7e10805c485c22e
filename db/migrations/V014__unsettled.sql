-- Values that the count of a series and its buckets disagreed about when they were read. Undo: drop the column.

alter table capture_minute add column unsettled bigint not null default 0;
