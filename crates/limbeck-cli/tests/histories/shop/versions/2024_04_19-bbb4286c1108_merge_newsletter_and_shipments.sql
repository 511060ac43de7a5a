-- Merge newsletter and shipments
--
-- revision: bbb4286c1108
-- revises: 09787196d0ef, 5ec2df2cc27a
-- created: 2024-04-19 14:37:11

-- limbeck: upgrade

-- limbeck: downgrade
