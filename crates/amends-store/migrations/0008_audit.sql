-- The audit of one case, read from its end.
CREATE INDEX audit_by_case ON audit (shop_id, case_id, commit_id, ordinal);
