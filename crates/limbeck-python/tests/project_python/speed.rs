//! How long a data migration takes there. Run by hand: `cargo test -p limbeck-python --test project_python speed -- --ignored --nocapture`.

use std::time::Instant;

use crate::project::Sample;

#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn thousands_of_rows() {
    let Some(sample) = Sample::new() else { return };
    sample.python(
        "r1",
        None,
        "op.create_table('item', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.Text))",
        "pass",
    );
    sample.python(
        "r2",
        Some("r1"),
        "import time\n\
         item = sa.table('item', sa.column('id'), sa.column('name'))\nbind = op.get_bind()\n\
         begun = time.perf_counter()\n\
         def lap(what):\n\
         \x20   global_now = time.perf_counter()\n\
         \x20   print('%-28s %.3f s' % (what, global_now - laps[0]))\n\
         \x20   laps[0] = time.perf_counter()\n\
         laps = [begun]\n\
         bind.execute(item.insert(), [{'id': n, 'name': 'name %d' % n} for n in range(20000)])\nlap('20000 rows, one call')\n\
         rows = bind.execute(sa.select(item.c.id, item.c.name)).fetchall()\nlap('20000 rows read')\n\
         for row in rows[:5000]:\n\
         \x20   bind.execute(item.update().where(item.c.id == row.id).values(name=row.name.upper()))\nlap('5000 updates, one by one')",
        "pass",
    );
    let begun = Instant::now();
    sample.upgrade("head").await.unwrap();
    eprintln!("whole run {:.3} s", begun.elapsed().as_secs_f64());
    assert_eq!(
        sample
            .ask("SELECT count(*) FROM item WHERE name = upper(name)")
            .await,
        "5000"
    );
}
