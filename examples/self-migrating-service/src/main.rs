//! A visitors' book on a TCP port that migrates its database before it listens.

use std::{env, error::Error, process::ExitCode};

use limbeck::{Event, Migrator, Project};
use sqlx::{SqlitePool, sqlite::SqliteConnectOptions};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}"); // Limbeck's errors say what to do; their Debug form is for developers
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let file = arguments.next().unwrap_or("visitors.db".to_owned());
    let address = arguments.next().unwrap_or("127.0.0.1:7000".to_owned());
    let options = SqliteConnectOptions::new().filename(file);
    let pool = SqlitePool::connect_with(options.create_if_missing(true)).await?;

    let project = Project::from_embedded(limbeck::embed!("migrations"));
    let mut migrator = Migrator::from_pool(&project, &pool).await?.on_event(tell);
    let report = migrator.upgrade("head").await?;

    drop(migrator); // gives its connection back to the pool
    println!("{} revisions applied", report.steps.len());
    let listener = TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let pool = pool.clone();
        tokio::spawn(async move {
            if let Err(error) = welcome(stream, &pool).await {
                eprintln!("a visitor was lost: {error}");
            }
        });
    }
}

/// What an operator wants to see while the service starts.
fn tell(event: Event<'_>) {
    match event {
        Event::Waiting { holder, waited, .. } => {
            let holder = holder.unwrap_or("another copy");
            eprintln!("waiting for {holder} since {} s", waited.as_secs());
        }
        Event::StepStarted { index, total, step } => {
            eprintln!("{} of {total}: {}", index + 1, step.revision);
        }
        _ => {}
    }
}

/// Notes a visit and answers how many there were.
async fn welcome(stream: TcpStream, pool: &SqlitePool) -> Result<(), Box<dyn Error>> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let name = line.trim();
    sqlx::query("INSERT INTO visitor (name) VALUES (?) ON CONFLICT DO NOTHING")
        .bind(name)
        .execute(pool)
        .await?;
    sqlx::query("INSERT INTO visit (visitor_id) SELECT id FROM visitor WHERE name = ?")
        .bind(name)
        .execute(pool)
        .await?;
    let visits: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM visit JOIN visitor ON visitor.id = visitor_id WHERE name = ?",
    )
    .bind(name)
    .fetch_one(pool)
    .await?;
    let answer = format!("Hello {name}, this is visit {visits}\n");
    stream.get_mut().write_all(answer.as_bytes()).await?;
    Ok(())
}
