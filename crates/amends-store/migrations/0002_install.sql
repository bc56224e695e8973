-- What an installation knows of itself. It has no shop: the master key is everybody's.

CREATE TABLE install (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
)[ WITHOUT ROWID];
