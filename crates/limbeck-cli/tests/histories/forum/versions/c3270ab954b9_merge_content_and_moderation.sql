-- Merge content and moderation
--
-- revision: c3270ab954b9
-- revises: d3dc389b8f43, 1894fef9d7e9
-- created: 2022-02-07 17:18:58

-- limbeck: upgrade

-- limbeck: downgrade
