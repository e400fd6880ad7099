import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// One request over HTTP whose body is handed on as it comes; redirections are answers, not followed.
final class HubTransfer: NSObject, URLSessionDataDelegate, Sendable {
    /// Takes pieces of a body.
    typealias Sink = @Sendable (Data) throws -> Void

    private struct State {
        var sink: Sink?
        var failure: (any Error)?
        var response: HTTPURLResponse?
        var done: CheckedContinuation<HTTPURLResponse, any Error>?
    }

    private let state = Mutex(State())
    private let accept: @Sendable (HTTPURLResponse) throws -> Sink?

    private init(accept: @escaping @Sendable (HTTPURLResponse) throws -> Sink?) {
        self.accept = accept
    }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - request: What is asked for.
    ///   - patience: Seconds without a byte.
    ///   - accept: Says where the body goes once its head is there; nothing for a body that is not wanted.
    /// - Returns: The head.
    /// - Throws: What was thrown on the way, or why the connection broke.
    static func send(
        _ request: URLRequest,
        patience: Double,
        accept: @escaping @Sendable (HTTPURLResponse) throws -> Sink?
    ) async throws -> HTTPURLResponse {
        let transfer = HubTransfer(accept: accept)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = patience
        configuration.httpShouldSetCookies = false
        let session = URLSession(
            configuration: configuration,
            delegate: transfer,
            delegateQueue: nil
        )
        defer { session.finishTasksAndInvalidate() }
        let task = session.dataTask(with: request)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { done in
                transfer.state.withLock { $0.done = done }
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        state.withLock { $0.response = response }
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        guard let response = response as? HTTPURLResponse else { return completionHandler(.cancel) }
        do {
            let sink = try accept(response)
            state.withLock {
                $0.response = response
                $0.sink = sink
            }
            completionHandler(.allow)
        } catch {
            state.withLock { $0.failure = error }
            completionHandler(.cancel)
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard let sink = state.withLock({ $0.failure == nil ? $0.sink : nil }) else { return }
        do {
            try sink(data)
        } catch {
            state.withLock { $0.failure = error }
            dataTask.cancel()
        }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        didCompleteWithError error: (any Error)?
    ) {
        let (done, response, failure) = state.withLock { state in
            defer { state.done = nil }
            return (state.done, state.response, state.failure)
        }
        if let failure {
            done?.resume(throwing: failure)
        } else if let error {
            done?.resume(throwing: error)
        } else if let response = response ?? task.response as? HTTPURLResponse {
            done?.resume(returning: response)
        } else {
            done?.resume(throwing: URLError(.badServerResponse))
        }
    }
}

extension HTTPURLResponse {
    /// A field of the head, whatever its case.
    func field(_ name: String) -> String? { value(forHTTPHeaderField: name) }
}
