-- Since when an order that was paid waits to be sent; nothing once it left, arrived or was called off. Orders that
-- were there before this are noted when they come in again.

ALTER TABLE orders ADD COLUMN unsent_since BIGINT;
CREATE INDEX orders_unsent ON orders (shop_id, unsent_since) WHERE unsent_since IS NOT NULL;
