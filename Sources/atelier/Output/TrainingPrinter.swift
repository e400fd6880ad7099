import Foundation
import Runs
import Training

/// Prints what a trainer tells: a progress line on a terminal, plain lines elsewhere, JSON when asked.
struct TrainingPrinter: Sendable {
    private let output: OutputOptions
    private let isInteractive: Bool

    init(_ output: OutputOptions) {
        self.output = output
        isInteractive = Terminal.isInteractive && !output.quiet
    }

    /// Prints until the run is over.
    func follow(_ events: AsyncStream<TrainingEvent>) async {
        var bar: ProgressBar?
        var began = ContinuousClock.now
        for await event in events {
            switch event {
            case .note(let text): line(text)
            case .started(let folder, let step, let images, let totalSteps):
                line("run \(folder.path)" + (step > 0 ? " from step \(step)" : ""))
                emit(Line(event: "started", folder: folder.path, step: step, images: images))
                bar = ProgressBar(unit: "step", total: totalSteps, initial: step)
                began = .now
            case .progress(let progress):
                bar?.done = progress.step
                bar?.elapsed = (ContinuousClock.now - began) / .seconds(1)
                bar?.note = PlainFigures.text(progress)
                if isInteractive, let bar { Terminal.show(bar.text(width: Terminal.width - 1)) }
            case .tick(let text):
                line(text)
                emit(Line(event: "tick", text: text))
            case .evaluated(let text):
                line(text)
                emit(Line(event: "evaluated", text: text))
            case .wrote(let url): emit(Line(event: "wrote", file: url.path))
            case .finished(let outcome):
                line(
                    "\(outcome.reason.rawValue): \(outcome.images) images, \(outcome.step) steps;"
                        + " \(outcome.folder.path)"
                )
                emit(
                    Line(
                        event: "finished",
                        folder: outcome.folder.path,
                        step: outcome.step,
                        images: outcome.images,
                        reason: outcome.reason.rawValue,
                        file: outcome.checkpoint?.path
                    )
                )
            }
        }
        if isInteractive { Terminal.clear() }
    }

    private func line(_ text: String) {
        if isInteractive { Terminal.clear() }
        Console.say(text, output)
    }

    private func emit(_ line: Line) {
        if output.json { Console.json(line) }
    }

    /// One event as an object of JSON.
    private struct Line: Encodable {
        var event: String
        var text: String?
        var folder: String?
        var step: Int?
        var images: Int?
        var reason: String?
        var file: String?

        init(
            event: String,
            text: String? = nil,
            folder: String? = nil,
            step: Int? = nil,
            images: Int? = nil,
            reason: String? = nil,
            file: String? = nil
        ) {
            self.event = event
            self.text = text
            self.folder = folder
            self.step = step
            self.images = images
            self.reason = reason
            self.file = file
        }
    }
}

/// The figures behind the progress bar.
private enum PlainFigures {
    static func text(_ progress: TrainingProgress) -> String {
        String(
            format: "%.0f img/s G %.3f D %.3f",
            progress.imagesPerSecond,
            progress.figures.generatorLoss,
            progress.figures.discriminatorLoss
        )
    }
}
