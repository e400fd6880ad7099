import Dispatch
import Foundation
import Training

/// Turns SIGINT and SIGTERM into a wish to stop; the second one ends the process at once.
final class StopSignals {
    private let sources: [any DispatchSourceSignal]

    init(_ request: StopRequest) {
        sources = [(SIGINT, StopRequest.Cause.interrupted), (SIGTERM, .terminated)].map {
            number,
            cause in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if request.cause != nil { exit(128 + number) }
                request.stop(cause)
                Console.warn("\nsaving; once more to leave at once")
            }
            source.resume()
            return source
        }
    }

    /// Gives the signals their usual meaning back.
    func end() {
        for source in sources { source.cancel() }
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }
}
