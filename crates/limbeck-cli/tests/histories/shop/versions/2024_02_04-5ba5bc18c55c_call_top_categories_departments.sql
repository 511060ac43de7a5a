-- Call top categories departments
--
-- revision: 5ba5bc18c55c
-- revises: 97d7a2469587
-- created: 2024-02-04 14:51:04

-- limbeck: upgrade
ALTER TABLE category RENAME TO department;
ALTER TABLE product_category RENAME TO product_department;
ALTER TABLE product_department RENAME COLUMN category_id TO department_id;

-- limbeck: downgrade
ALTER TABLE product_department RENAME COLUMN department_id TO category_id;
ALTER TABLE product_department RENAME TO product_category;
ALTER TABLE department RENAME TO category;
