//! The interpreter thread's side of a conversation: who is asked now.

use std::{cell::RefCell, collections::HashMap};

use limbeck::dialect::DialectName;

use tokio::sync::{mpsc::UnboundedSender, oneshot};

use super::request::{Refusal, Reply, Request};

/// Where the requests of a job go.
pub(crate) type Requests = UnboundedSender<Request>;

thread_local! {
    /// One for each job under way; a job that waits for the engine has others above it.
    static CONVERSATIONS: RefCell<Vec<Requests>> = const { RefCell::new(Vec::new()) };
    /// The dialects of connections, so that not every statement asks for its own.
    static DIALECTS: RefCell<HashMap<u64, DialectName>> = RefCell::default();
}

/// Ends the conversation when it is dropped.
pub(crate) struct Conversation(());

/// Sends requests of this thread to `requests` from now on.
pub(crate) fn enter(requests: Requests) -> Conversation {
    CONVERSATIONS.with_borrow_mut(|stack| stack.push(requests));
    DIALECTS.with_borrow_mut(HashMap::clear);
    Conversation(())
}

impl Drop for Conversation {
    fn drop(&mut self) {
        CONVERSATIONS.with_borrow_mut(|stack| stack.pop());
        // The migration's connection is another one in the next conversation.
        DIALECTS.with_borrow_mut(HashMap::clear);
    }
}

/// The dialect of a connection, asked for once in a conversation.
pub(super) fn dialect(bind: u64) -> Result<DialectName, Refusal> {
    if let Some(known) = DIALECTS.with_borrow(|known| known.get(&bind).copied()) {
        return Ok(known);
    }
    let dialect = ask(|reply| Request::Server { bind, reply })?.dialect;
    DIALECTS.with_borrow_mut(|known| known.insert(bind, dialect));
    Ok(dialect)
}

/// Sends a request and does not wait.
pub(super) fn send(request: Request) -> Result<(), Refusal> {
    let requests = CONVERSATIONS.with_borrow(|stack| stack.last().cloned());
    let Some(requests) = requests else {
        return Err(Refusal::Engine {
            message: "the database can only be used by the thread that runs the migration"
                .to_owned(),
            failure: None,
        });
    };
    requests.send(request).map_err(|_| Refusal::Stopped)
}

/// Asks, and waits for the answer.
pub(super) fn ask<T>(request: impl FnOnce(Reply<T>) -> Request) -> Result<T, Refusal> {
    let (reply, answer) = oneshot::channel();
    send(request(reply))?;
    answer.blocking_recv().unwrap_or(Err(Refusal::Stopped))
}
