-- Merge catalogue and sales
--
-- revision: 0df096be76b4
-- revises: 182a912e13b2, ad2e940977f6
-- created: 2024-03-08 17:29:29

-- limbeck: upgrade

-- limbeck: downgrade
