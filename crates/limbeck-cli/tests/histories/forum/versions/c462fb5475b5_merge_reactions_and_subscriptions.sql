-- Merge reactions and subscriptions
--
-- revision: c462fb5475b5
-- revises: 5eeb81c72499, 4e7924fe22ee
-- created: 2022-07-13 16:03:08

-- limbeck: upgrade

-- limbeck: downgrade
