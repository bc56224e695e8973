-- An anchor covers the chains that grew since the one before, no longer all chains of the shop. Roots
-- of the older kind can't be compared any more: the next day begins anew, over everything so far.

DELETE FROM anchors;
