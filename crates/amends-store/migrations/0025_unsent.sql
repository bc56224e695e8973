-- Orders and parcels that are to leave, or are only said to have left.

-- Since when an order that was paid waits to be sent; nothing once it left, arrived or was called off. Orders that
-- were there before this are noted when they come in again.

ALTER TABLE orders ADD COLUMN unsent_since BIGINT;
CREATE INDEX orders_unsent ON orders (shop_id, unsent_since) WHERE unsent_since IS NOT NULL;

-- Parcels that the shop says it sent, and no carrier has seen.
CREATE INDEX parcels_unseen ON parcels (shop_id, sent_at) WHERE state = 'dispatched';
