-- What changed last comes first, among open cases too; and the smallest index there is to count them by.

CREATE INDEX cases_open_by_changed ON cases (shop_id, changed_at, case_id) WHERE closed_at IS NULL;
