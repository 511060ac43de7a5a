//! Revision ids, the graph they form, the target grammar and plans. Pure: must not know files, SQL or databases.
